import { Controller, Inject, UseFilters } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { MessagePart, OutcomeMessage } from '@kds/contracts';
import { joinParts, parseMessage, RethrowFilter, UnusableMessageError } from '@kds/messaging';
import type { Logger } from '@kds/observability';
import { execute, row, rows } from '@kds/persistence';
import { DataSource } from 'typeorm';
import { TenantRegistry } from '../follow-tenants/tenant-registry.js';
import { Wakeups } from '../wakeups.js';
import { settleCommand } from './settle-command.js';

/** Outcomes from both gateways; a large one comes in parts, to any replica, and is settled by whoever gets the last. */
@Controller()
@UseFilters(RethrowFilter)
export class OutcomeConsumer {
  constructor(
    private readonly database: DataSource,
    private readonly tenants: TenantRegistry,
    private readonly wakeups: Wakeups,
    @Inject('logger') private readonly logger: Logger,
  ) {}

  @EventPattern('outcome')
  async consume(@Payload() raw: unknown): Promise<void> {
    const whole = isPart(raw) ? await this.keepPart(raw) : raw;
    if (whole === undefined) return;
    const outcome = parseMessage(OutcomeMessage, whole, ['result']);
    if (!outcome.ok) throw new UnusableMessageError(`not an outcome: ${outcome.error}`);
    await this.settle(outcome.value);
  }

  private async settle(outcome: OutcomeMessage): Promise<void> {
    const settled = await this.database.transaction((db) => settleCommand({ db, findTenant: (name) => this.tenants.find(name), logger: this.logger }, outcome));
    const { tenant, attempt, outcome: ended, failure } = outcome;
    if (!settled) this.logger.info({ tenant, attempt, outcome: ended }, 'an outcome came twice or too late');
    else if (ended !== 'done') this.logger.info({ tenant, attempt, outcome: ended, code: failure?.code }, 'a command did not go through');
    this.wakeups.wake('sync-orders', 'dispatch');
  }

  private async keepPart(raw: unknown): Promise<unknown> {
    const part = parseMessage(MessagePart, raw);
    if (!part.ok) throw new UnusableMessageError(`not a part of a message: ${part.error}`);
    const { whole, part: number, parts, text } = part.value;
    if (parts === 1) return joinParts([part.value]);
    await execute(this.database.manager, `insert into message_parts (whole, part, parts, text) values ($1, $2, $3, $4) on conflict do nothing`, [whole, number, parts, text]);
    const arrived = await row<{ count: number }>(this.database.manager, `select count(*)::int as count from message_parts where whole = $1`, [whole]);
    if (arrived?.count !== parts) return undefined;
    return joinParts(await rows<MessagePart>(this.database.manager, `select whole, part, parts, text from message_parts where whole = $1`, [whole]));
  }
}

function isPart(raw: unknown): boolean {
  return typeof raw === 'object' && raw !== null && 'whole' in raw;
}
