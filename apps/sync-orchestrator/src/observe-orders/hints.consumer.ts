import { Controller, UseFilters } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { DilovodHint, OrderHint } from '@kds/contracts';
import { parseMessage, RethrowFilter, UnusableMessageError } from '@kds/messaging';
import { execute } from '@kds/persistence';
import { DataSource } from 'typeorm';
import { TenantRegistry } from '../follow-tenants/tenant-registry.js';
import { Wakeups } from '../wakeups.js';
import { followPersonHint } from '../match-persons/person-effects.js';
import { followDocumentHint } from '../list-documents/document-hint.use-case.js';
import { followOrderHint } from './order-hint.use-case.js';

/** Flows that a change of such an object in Dilovod makes due at once. An order document moves no stock. */
const flowsOf: readonly (readonly [prefix: string, flow: string | undefined])[] = [
  ['informationRegisters.goodsPrices', 'prices'],
  ['catalogs.goods', 'goods'],
  ['documents.saleOrder', undefined],
  ['documents.', 'stock'],
];
/** A flow that was started a moment ago waits for so long before a hint starts it again, however many come. */
const calmSeconds = 20;

/** What webhooks say; each hint only makes us look. */
@Controller()
@UseFilters(RethrowFilter)
export class HintsConsumer {
  constructor(
    private readonly database: DataSource,
    private readonly tenants: TenantRegistry,
    private readonly wakeups: Wakeups,
  ) {}

  @EventPattern('order-hint')
  async orderHint(@Payload() raw: unknown): Promise<void> {
    const hint = parseMessage(OrderHint, raw);
    if (!hint.ok) throw new UnusableMessageError(`not an order hint: ${hint.error}`);
    if (this.tenants.find(hint.value.tenant) === undefined) return;
    await followOrderHint(this.database.manager, hint.value);
    this.wakeups.wake('dispatch');
  }

  @EventPattern('dilovod-hint')
  async dilovodHint(@Payload() raw: unknown): Promise<void> {
    const hint = parseMessage(DilovodHint, raw);
    if (!hint.ok) throw new UnusableMessageError(`not a Dilovod hint: ${hint.error}`);
    if (hint.value.objectName === 'catalogs.persons') await followPersonHint(this.database.manager, hint.value.tenant, hint.value.objectId);
    if (hint.value.objectName.startsWith('documents.sale')) {
      await followDocumentHint(this.database.manager, hint.value);
      this.wakeups.wake('sync-orders');
    }
    const flow = flowsOf.find(([prefix]) => hint.value.objectName.startsWith(prefix))?.[1];
    if (flow === undefined) return;
    await execute(
      this.database.manager,
      `update schedules set due_at = least(due_at, greatest(clock_timestamp(), coalesce(started_at, 'epoch') + $3 * interval '1 second')) where tenant = $1 and flow = $2`,
      [hint.value.tenant, flow, calmSeconds],
    );
    this.wakeups.wake('schedules');
  }
}
