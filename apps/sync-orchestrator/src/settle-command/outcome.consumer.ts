import { Controller, Inject, UseFilters } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { correlationOf, MessagePart, OutcomeMessage } from '@kds/contracts';
import { joinParts, parseMessage, RethrowFilter, UnusableMessageError } from '@kds/messaging';
import type { Logger } from '@kds/observability';
import { execute, row, rows } from '@kds/persistence';
import type { DataSource } from 'typeorm';
import type { OrchestratorMetrics } from '../measure-ledger/orchestrator-metrics.js';
import type { Wakeups } from '../wakeups.js';
import { settleCommand } from './settle-command.js';

export const OUTCOME_DEPS = Symbol('what settling outcomes takes');

export interface OutcomeDeps {
  readonly database: DataSource;
  readonly wakeups: Wakeups;
  readonly metrics: OrchestratorMetrics;
  readonly logger: Logger;
}

/** Outcomes from both gateways; a large one comes in parts, to any replica, and is settled by whoever gets the last. */
@Controller()
@UseFilters(RethrowFilter)
export class OutcomeConsumer {
  constructor(@Inject(OUTCOME_DEPS) private readonly deps: OutcomeDeps) {}

  @EventPattern('outcome')
  async consume(@Payload() raw: unknown): Promise<void> {
    const whole = isPart(raw) ? await this.keepPart(raw) : raw;
    if (whole === undefined) return;
    const outcome = parseMessage(OutcomeMessage, whole, ['result']);
    if (!outcome.ok) throw new UnusableMessageError(`not an outcome: ${outcome.error}`);
    await this.settle(outcome.value);
  }

  private async settle(outcome: OutcomeMessage): Promise<void> {
    const { database, wakeups, metrics, logger } = this.deps;
    const settled = await database.transaction((db) => settleCommand({ db, logger }, outcome));
    const { commandId, attempt, tenant, outcome: ended, failure } = outcome;
    if (settled === undefined) {
      logger.info({ tenant, commandId, attempt, outcome: ended }, 'an outcome came twice or too late');
      return;
    }
    const { system, command } = settled;
    metrics.settled({ system, kind: command.kind, outcome: ended });
    if (ended !== 'done') logger.info({ ...correlationOf({ ...settled, commandId }), outcome: ended, code: failure?.code }, 'a command did not go through');
    wakeups.wake('sync-orders', 'dispatch', ...(failure?.code === 'other-account' ? (['learn-accounts'] as const) : []));
  }

  private async keepPart(raw: unknown): Promise<unknown> {
    const part = parseMessage(MessagePart, raw);
    if (!part.ok) throw new UnusableMessageError(`not a part of a message: ${part.error}`);
    const { whole, part: number, parts, text } = part.value;
    if (parts === 1) return joinParts([part.value]);
    const db = this.deps.database.manager;
    await execute(db, `insert into message_parts (whole, part, parts, text) values ($1, $2, $3, $4) on conflict do nothing`, [whole, number, parts, text]);
    const arrived = await row<{ count: number }>(db, `select count(*)::int as count from message_parts where whole = $1`, [whole]);
    if (arrived?.count !== parts) return undefined;
    return joinParts(await rows<MessagePart>(db, `select whole, part, parts, text from message_parts where whole = $1`, [whole]));
  }
}

function isPart(raw: unknown): boolean {
  return typeof raw === 'object' && raw !== null && 'whole' in raw;
}
