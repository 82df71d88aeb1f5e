import type { Command, OutcomeMessage, System } from '@kds/contracts';
import { activeTraceparent, type Logger } from '@kds/observability';
import { type Db, execute, row } from '@kds/persistence';
import { findSpec } from '../follow-tenants/manifest-in-force.js';
import { effectsTable } from './effects-table.js';
import { keepRefusalOnce } from './keep-refusal-once.js';
import { resetCircuit, tripCircuit } from './lane-circuit.js';
import { noteReading } from './note-reading.js';
import type { CommandEffects, EffectContext, Failure, SettledCommand } from './settled-command.js';

interface AttemptRow {
  readonly id: string;
  readonly command_id: string;
  readonly dispatched_at: Date;
  readonly settled_at: Date | null;
  readonly tenant: string;
  readonly system: System;
  readonly account: string | null;
  readonly subject: string;
  readonly tries: number;
  readonly payload: Command;
  readonly state: string;
}

export interface SettleDeps {
  readonly db: Db;
  readonly logger: Logger;
}

/**
 * Ends one attempt of a command with its outcome, in the caller's transaction: the attempt, the command, its lane and everything that the outcome
 * means. An outcome of an attempt that has ended before (it came twice, or too late) changes nothing; the answer is then undefined.
 */
export async function settleCommand({ db, logger }: SettleDeps, outcome: OutcomeMessage): Promise<SettledCommand | undefined> {
  const attempt = await row<AttemptRow>(
    db,
    `select a.id, a.command_id, a.dispatched_at, a.settled_at, a.account, c.tenant, c.system, c.subject, c.tries, c.payload, c.state
     from attempts a join commands c on c.id = a.command_id where a.id = $1 and a.tenant = $2 for update`,
    [outcome.attempt, outcome.tenant],
  );
  if (attempt === undefined || attempt.settled_at !== null) return undefined;
  await execute(db, `update attempts set settled_at = clock_timestamp(), outcome = $2, called = $3, calls = $4, failure = $5 where id = $1`, [
    attempt.id,
    outcome.outcome,
    outcome.called,
    JSON.stringify(outcome.calls),
    outcome.failure ? JSON.stringify(outcome.failure) : null,
  ]);
  const settled = toSettled(attempt);
  await settleByOutcome({ db, spec: await findSpec(db, attempt.tenant), logger }, { settled, outcome });
  await handTraceOn(db, settled);
  return settled;
}

function toSettled({ id, command_id, dispatched_at, tenant, system, account, subject, tries, payload }: AttemptRow): SettledCommand {
  return { id: command_id, attempt: id, dispatchedAt: dispatched_at, tenant, system, account, subject, tries, command: payload };
}

interface Settling {
  readonly settled: SettledCommand;
  readonly outcome: OutcomeMessage;
}

async function settleByOutcome(context: EffectContext, { settled, outcome }: Settling): Promise<void> {
  const { db } = context;
  const effects = effectsTable[settled.command.kind] as CommandEffects<Command, unknown>;
  const failure: Failure = outcome.failure ?? { code: outcome.outcome, message: 'no reason was given' };
  switch (outcome.outcome) {
    case 'done':
      await resetCircuit(db, settled);
      await finish(db, settled, 'done');
      await noteReading(db, settled, null);
      return effects.onDone(context, settled, outcome.result);
    case 'rejected':
      if ((await tripCircuit(db, { settled, failure, retryAfterMs: outcome.retryAfterMs })) !== 'no') return waitAgain(db, { settled, failure });
      await finish(db, settled, 'rejected', failure);
      await keepRefusalOnce(db, settled, failure);
      await noteReading(db, settled, failure);
      return effects.onRejected?.(context, settled, failure);
    case 'failed': {
      const tripped = await tripCircuit(db, { settled, failure, retryAfterMs: outcome.retryAfterMs });
      return waitAgain(db, { settled, failure, retryAfterMs: tripped === 'limit' ? 0 : outcome.retryAfterMs });
    }
    case 'expired':
      if (failure.code === 'other-account') await forgetAccount(db, settled);
      return waitAgain(db, { settled, failure, retryAfterMs: 0 });
    case 'unknown':
      await tripCircuit(db, { settled, failure, retryAfterMs: outcome.retryAfterMs });
      if (effects.onUnknown === undefined) return waitAgain(db, { settled, failure });
      await finish(db, settled, 'unknown', failure);
      return effects.onUnknown(context, settled, failure);
  }
}

/** The tenant has another key than was known: until a gateway tells which, its lane does not run. */
async function forgetAccount(db: Db, { tenant, system, account }: SettledCommand): Promise<void> {
  await execute(db, `update lanes set account = null where tenant = $1 and system = $2 and account = $3`, [tenant, system, account]);
}

/** The look at an order that its command's end brings about belongs to the same trace. */
async function handTraceOn(db: Db, { tenant, subject }: SettledCommand): Promise<void> {
  const traceparent = activeTraceparent();
  if (traceparent === null || !subject.startsWith('order:')) return;
  await execute(db, `update orders set traceparent = $3 where tenant = $1 and order_id = $2 and dirty_since is not null`, [tenant, subject.slice('order:'.length), traceparent]);
}

async function finish(db: Db, { id }: SettledCommand, state: 'done' | 'rejected' | 'unknown', failure?: Failure): Promise<void> {
  await execute(db, `update commands set state = $2, failure = $3, settled_at = clock_timestamp() where id = $1`, [id, state, failure ? JSON.stringify(failure) : null]);
}

/** Back into the lane, a little later each time; unless the same was asked anew meanwhile, which then stands for both. */
async function waitAgain(db: Db, { settled, failure, retryAfterMs }: { readonly settled: SettledCommand; readonly failure: Failure; readonly retryAfterMs?: number }): Promise<void> {
  const delayMs = retryAfterMs ?? Math.min(60_000, 250 * 2 ** Math.min(settled.tries, 8));
  await execute(
    db,
    `update commands c set state = case when w.asked_anew then 'superseded' else 'pending' end, settled_at = case when w.asked_anew then clock_timestamp() end,
       failure = $2, not_before = clock_timestamp() + $3 * interval '1 millisecond'
     from (
       select k.id, exists (select 1 from commands o where o.tenant = k.tenant and o.system = k.system and o.subject = k.subject and o.kind = k.kind and o.state = 'pending') as asked_anew
       from commands k where k.id = $1
     ) w where c.id = w.id`,
    [settled.id, JSON.stringify(failure), delayMs],
  );
  if (settled.subject.startsWith('order:') && settled.system === 'dilovod') {
    await execute(db, `update orders set dirty_since = clock_timestamp() where tenant = $1 and order_id = $2`, [settled.tenant, settled.subject.slice('order:'.length)]);
  }
}
