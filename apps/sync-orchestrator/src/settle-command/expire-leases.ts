import { type OutcomeMessage, startWithinMs, type System } from '@kds/contracts';
import { endRecurring, type Logger, logRecurring } from '@kds/observability';
import { rows } from '@kds/persistence';
import type { DataSource } from 'typeorm';
import type { OrchestratorMetrics } from '../measure-ledger/orchestrator-metrics.js';
import type { Failure } from './settled-command.js';
import { settleCommand, type SettleDeps } from './settle-command.js';

interface OpenAttempt {
  readonly id: string;
  readonly command_id: string;
  readonly tenant: string;
  readonly system: System;
}

export interface ExpireDeps {
  readonly database: DataSource;
  readonly findTenant: SettleDeps['findTenant'];
  readonly logger: Logger;
  readonly onSettled?: OrchestratorMetrics['settled'];
}

const perTurn = 50;

/**
 * Ends attempts whose lease ran out without an outcome: their gateway, or the bus, is gone. Whether they were carried out is unknown. True when one was,
 * so that there may be more.
 */
export async function expireLeases(deps: ExpireDeps): Promise<boolean> {
  const overdue = await rows<OpenAttempt>(
    deps.database.manager,
    `select id, command_id, tenant, system from attempts where settled_at is null and lease_until < clock_timestamp() order by lease_until limit ${perTurn}`,
  );
  const ended = await endAsUnknown(deps, overdue, { code: 'lease-expired', message: 'no outcome came before the lease ran out' });
  return ended > 0;
}

/** What is asked of the bus and, over it, of the gateways. */
export interface LossWitnesses {
  /** Everything that the bus was told before this moment is lost. */
  readonly busForgotBefore: () => Promise<Date | undefined>;
  /** Which of these attempts some gateway has in hand. */
  readonly inHand: (system: System, attempts: readonly string[]) => Promise<readonly string[]>;
}

/** How long after its latest start an attempt that the bus forgot may still be without a word; clocks differ by less. */
const graceMs = 5_000;

/**
 * When the bus has forgotten everything, commands and outcomes on it are gone, and their leases would keep their lanes for a minute or more. An attempt from
 * before that moment which can no longer be started, and which no gateway has in hand, is ended at once: nobody is going to report it any more.
 */
export async function endForgottenAttempts(deps: ExpireDeps, { busForgotBefore, inHand }: LossWitnesses): Promise<boolean> {
  const open = await rows<OpenAttempt & { readonly dispatched_at: Date }>(
    deps.database.manager,
    `select id, command_id, tenant, system, dispatched_at from attempts
     where settled_at is null and dispatched_at < clock_timestamp() - $1 * interval '1 millisecond' order by dispatched_at limit ${perTurn}`,
    [startWithinMs + graceMs],
  );
  if (open.length === 0) return false;
  const forgotten = await busForgotBefore();
  const suspects = open.filter(({ dispatched_at }) => forgotten !== undefined && dispatched_at < forgotten);
  let ended = 0;
  for (const system of ['keycrm', 'dilovod'] as const) {
    const mine = suspects.filter((attempt) => attempt.system === system);
    if (mine.length === 0) continue;
    const held = new Set(await inHand(system, mine.map(({ id }) => id)));
    const lost = mine.filter(({ id }) => !held.has(id));
    ended += await endAsUnknown(deps, lost, { code: 'bus-forgot', message: 'the bus lost the command or its outcome, and no gateway is at work on it' });
  }
  return ended > 0;
}

/** Each in a transaction of its own, so that one that cannot be settled keeps no other. */
async function endAsUnknown({ database, findTenant, logger, onSettled }: ExpireDeps, attempts: readonly OpenAttempt[], failure: Failure): Promise<number> {
  let ended = 0;
  for (const attempt of attempts) {
    const what = `end of attempt ${attempt.id}`;
    try {
      const settled = await database.transaction((db) => settleCommand({ db, findTenant, logger }, toUnknown(attempt, failure)));
      endRecurring(logger, what);
      if (settled === undefined) continue;
      ended += 1;
      onSettled?.({ system: settled.system, kind: settled.command.kind, outcome: 'unknown' });
    } catch (error) {
      const fields = { tenant: attempt.tenant, commandId: attempt.command_id, attempt: attempt.id, code: failure.code };
      logRecurring(logger, { what, error, fields, message: 'an attempt is over and its command cannot be settled', level: 'error' });
    }
  }
  return ended;
}

function toUnknown({ id, command_id, tenant, system }: OpenAttempt, failure: Failure): OutcomeMessage {
  return { commandId: command_id, attempt: id, tenant, system, outcome: 'unknown', called: true, calls: [], failure };
}
