import {
  type DilovodCall,
  type DilovodClient,
  type DilovodQuery,
  type DilovodSavePacket,
  farAhead,
  latestLocalMoment,
  localMoment,
} from '@kds/dilovod-client';
import type { CallOptions, CommandRun } from '@kds/gateway';
import type { Logger } from '@kds/observability';
import type { Tenant } from '@kds/tenancy';

/** The actions that commands need; each call of one is kept in the command's story. */
export type DilovodActions = Pick<DilovodClient, 'roundCounts' | 'request' | 'getObject' | 'saveObject' | 'setDelMark' | 'call'>;

/** What carrying out one command takes. */
export interface DilovodDesk {
  readonly dilovod: DilovodActions;
  readonly tenant: Tenant;
  /** For the next call: what is left of the command's time. */
  readonly within: () => CallOptions;
  /** A moment as the base writes it, `YYYY-MM-DD HH:MM:SS` in its zone. */
  readonly local: (moment: Date) => string;
  readonly log: Pick<Logger, 'warn'>;
  /** The present as the base writes it, by each clock that may be right: what is dated so or before has happened. */
  readonly present: () => readonly string[];
  /** Written as the base writes it, a moment after everything that is dated for later. */
  readonly later: () => string;
}

export function openDilovodDesk(
  client: DilovodClient,
  { tenant, run, log }: { readonly run: CommandRun } & Pick<DilovodDesk, 'tenant' | 'log'>,
): DilovodDesk {
  const { timeZone } = tenant.spec;
  return {
    dilovod: recorded(client, run),
    tenant,
    log,
    within: () => run.callOptions(),
    local: (moment) => localMoment(moment, timeZone),
    present: () => {
      const soon = client.baseClock.moments().map((moment) => new Date(moment.getTime() + aheadMs));
      return soon.map((moment) => latestLocalMoment(moment, timeZone));
    },
    later: () => farAhead(new Date()),
  };
}

/** So far ahead of now that everything posted until now is inside, and nothing that people date for later. */
const aheadMs = 5_000;

function recorded(client: DilovodClient, run: CommandRun): DilovodActions {
  const keep = <T>(operation: string, request: () => Promise<DilovodCall<T>>) => run.call<DilovodCall<T>>(operation, request);
  return {
    roundCounts: client.roundCounts,
    request: (query, options) => keep(`request ${tableOf(query)}`, () => client.request(query, options)),
    getObject: (id, options) => keep('getObject', () => client.getObject(id, options)),
    saveObject: (packet, options) => keep(`saveObject ${targetOf(packet)}`, () => client.saveObject(packet, options)),
    setDelMark: (id, options) => keep('setDelMark', () => client.setDelMark(id, options)),
    call: (invocation, options) => keep(`call ${invocation.method}`, () => client.call(invocation, options)),
  };
}

function tableOf({ from }: DilovodQuery): string {
  return typeof from === 'string' ? from : `${from.type} ${from.register}`;
}

/** The type that is created, or that something is updated; ids would be too many names. */
function targetOf({ header }: DilovodSavePacket): string {
  return /^\d+$/.test(header.id) ? 'update' : header.id;
}
