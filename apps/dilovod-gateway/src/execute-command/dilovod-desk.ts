import { type DilovodCall, type DilovodClient, type DilovodQuery, type DilovodSavePacket, localMoment } from '@kds/dilovod-client';
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
}

export function openDilovodDesk(client: DilovodClient, { tenant, run, log }: { readonly run: CommandRun } & Pick<DilovodDesk, 'tenant' | 'log'>): DilovodDesk {
  return { dilovod: recorded(client, run), tenant, log, within: () => run.callOptions(), local: (moment) => localMoment(moment, tenant.spec.timeZone) };
}

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
