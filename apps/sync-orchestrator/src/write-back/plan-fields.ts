import { cutText } from '@kds/kernel';
import type { Db } from '@kds/persistence';
import type { OrderDecision } from '@kds/sync-domain';
import type { TenantSpec } from '@kds/tenancy';
import { enqueueCommand, orderSubject, priorities } from '../command-ledger/enqueue-command.js';
import type { OrderRecord } from '../orders/orders.repository.js';

/** KeyCRM's text fields hold at least this much, in whatever units it counts. */
const longestValue = 255;

/** Has the shop's managers see the document's number, or why the order is held; writes nothing where KeyCRM is known to show it already. */
export async function planFields(db: Db, { order, decision, spec }: { readonly order: OrderRecord; readonly decision: OrderDecision; readonly spec: TenantSpec }): Promise<void> {
  const { documentField, problemField } = spec.orders.writeBack;
  if (spec.mode === 'shadow' || order.observation.kind === 'missing') return;
  const { id, fields: observed } = order.observation.order;
  const shown = (uuid: string) => order.written_fields?.[uuid] ?? observed[uuid] ?? '';
  const wanted = [
    { uuid: documentField, value: numberOf(order) },
    { uuid: problemField, value: problemOf(decision, problemField !== null && order.written_fields?.[problemField] !== undefined) },
  ];
  const fields = wanted.flatMap(({ uuid, value }) => (uuid !== null && value !== undefined && shown(uuid) !== value ? [{ uuid, value }] : []));
  if (fields.length === 0) return;
  await enqueueCommand(db, { tenant: order.tenant, system: 'keycrm', subject: orderSubject(id), command: { kind: 'write-order-fields', orderId: id, fields }, priority: priorities.orderFields });
}

function numberOf({ binding }: OrderRecord): string | undefined {
  const number = binding.saleOrder?.number;
  return typeof number === 'string' ? cutText(number, longestValue) : undefined;
}

/** Orders that are none of our business; what stands in their fields is somebody else's, unless we wrote it before. */
const leftAlone: readonly string[] = ['status-not-mapped', 'made-before-since', 'not-in-pilot', 'dropped-by-person'];

/** What the problem field shall say; `undefined`: what it says now. */
function problemOf(decision: OrderDecision, writtenBefore: boolean): string | undefined {
  if (decision.kind === 'park') return cutText(decision.message, longestValue);
  return decision.kind === 'nothing' && (writtenBefore || !leftAlone.includes(decision.reason)) ? '' : undefined;
}
