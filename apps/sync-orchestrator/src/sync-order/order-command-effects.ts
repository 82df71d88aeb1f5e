import type { OrderCommand, OrderCommandDone } from '@kds/sync-domain';
import { applyDone, applyDoubt, changedMembers, heldMember, memberNames, type OrderBinding, refusalKey, sameRows, writtenMember } from '@kds/sync-domain';
import { type Db, execute } from '@kds/persistence';
import { doubtPerson } from '../match-persons/person-effects.js';
import { lockOrder, type OrderRecord, saveBinding, writeJournal } from '../orders/orders.repository.js';
import { tellOnce } from '../orders/tell-once.js';
import type { CommandEffects, SettledCommand } from '../settle-command/settled-command.js';
import { recordMovements } from '../sync-stock/record-movements.js';

async function load(db: Db, { tenant, command }: SettledCommand<OrderCommand>): Promise<OrderRecord> {
  const order = await lockOrder(db, tenant, command.orderId);
  if (order === undefined) throw new Error(`order ${command.orderId} of ${tenant} has a command but no record`);
  return order;
}

/** These bring an order no further. */
const looks: readonly OrderCommand['kind'][] = ['find-documents', 'read-document'];

/** What a look finds gone went at a moment that nobody knows: every snapshot may show the goods back already. */
const anyTime = '0';

/** An order's command has ended: the binding follows, and the order is looked at again. */
export const orderCommandEffects: CommandEffects<OrderCommand, OrderCommandDone> = {
  async onDone({ db }, settled, result) {
    const { tenant, command, attempt } = settled;
    const order = await load(db, settled);
    const binding = applyDone(order.binding, command, result);
    await recordMovements(db, { tenant, orderId: command.orderId, before: order.binding, after: binding, attempt, doubtAttempt: order.doubt_attempt ?? (command.kind === 'find-documents' ? anyTime : null) });
    await saveBinding(db, order, { binding, doubtAttempt: binding.doubt === null ? null : order.doubt_attempt });
    await execute(db, `update orders set refusals = '[]' where tenant = $1 and order_id = $2 and refusals <> '[]'`, [tenant, command.orderId]);
    if (!looks.includes(command.kind)) await execute(db, `update orders set held_reason = null, held_since = null where tenant = $1 and order_id = $2 and held_reason is not null`, [tenant, command.orderId]);
    await writeJournal(db, { tenant, orderId: command.orderId, entry: command.kind, reason: result.kind === 'stale' ? 'stale' : 'done', detail: { attempt, ...withoutContacts(result) } });
    if (result.kind === 'stale' && result.scope === 'person' && 'draft' in command) await doubtPerson(db, tenant, command.draft.person);
    await tellOfChanges(db, settled, { before: order.binding, after: binding });
  },

  async onRejected({ db }, settled, failure) {
    const { tenant, command } = settled;
    const order = await load(db, settled);
    const refusals = [...order.refusals.slice(-4), { command: refusalKey(command), ...failure }];
    await execute(db, `update orders set refusals = $3, dirty_since = clock_timestamp() where tenant = $1 and order_id = $2`, [tenant, command.orderId, JSON.stringify(refusals)]);
    if ('draft' in command && failure.code === 'bad-field' && (failure.detail as { field?: unknown } | undefined)?.field === 'person') await doubtPerson(db, tenant, command.draft.person);
    await tellOnce(db, { tenant, orderId: command.orderId, entry: command.kind, reason: failure.code, detail: failure });
  },

  async onUnknown({ db }, settled, failure) {
    const { tenant, command, attempt } = settled;
    const order = await load(db, settled);
    const binding = applyDoubt(order.binding, command);
    await saveBinding(db, order, { binding, doubtAttempt: binding.doubt === null ? null : (order.doubt_attempt ?? attempt) });
    await writeJournal(db, { tenant, orderId: command.orderId, entry: command.kind, reason: 'unknown', detail: failure });
  },
};

/** What people wrote of each other stays out of an order's story. */
function withoutContacts(result: OrderCommandDone): object {
  if (result.kind === 'saved') return { kind: result.kind, documentId: result.documentId, ...(result.reserved === undefined ? {} : { reserved: result.reserved }) };
  if (result.kind !== 'found') return result;
  return { kind: result.kind, documents: result.documents.map(({ members: _, ...document }) => document) };
}

/**
 * An order document that a look shows otherwise than it was known was changed by a person; a member that still says something after it was written empty
 * cannot be emptied in this base. Both are told, with the names of the members alone.
 */
async function tellOfChanges(db: Db, { tenant, command }: SettledCommand<OrderCommand>, { before, after }: { readonly before: OrderBinding; readonly after: OrderBinding }): Promise<void> {
  const [was, is] = [before.saleOrder, after.saleOrder];
  if (is === null) return;
  const told = (entry: string, detail: unknown) => writeJournal(db, { tenant, orderId: command.orderId, entry, reason: null, detail });
  if (command.kind === 'save-sale-order') {
    const notEmptied = memberNames.filter((name) => writtenMember(is.written, name) === null && command.draft[name] === null && heldMember(is, name) !== null);
    if (notEmptied.length > 0) await told('not-emptied', { members: notEmptied });
  }
  if (command.kind !== 'find-documents' || was?.id !== is.id) return;
  const members = changedMembers(was, is);
  const rows = !sameRows(was.rows, is.rows);
  if (members.length > 0 || rows || was.state !== is.state) await told('changed-in-dilovod', { members, rows, ...(was.state === is.state ? {} : { state: is.state }) });
}
