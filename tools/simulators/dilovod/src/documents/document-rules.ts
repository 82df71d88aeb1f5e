import { Big } from 'big.js';
import { type Base } from '../base/base.js';
import { type StoredObject } from '../base/object-store.js';
import { applicationRefusal } from '../refusal.js';
import { type Draft } from './draft.js';
import { linesOf } from './lines.js';
import { liveShipmentsOf, returnedShipments } from './order-links.js';

/** Refuses a write to a document that is, or would come to be, dated in a closed period. */
export function demandOpenPeriod(base: Base, draft: Draft): void {
  if (base.switches.closedPeriodWrites === 'accepted') return;
  const dates = [draft.before?.header['date'], draft.header['date']].filter((date) => date !== undefined);
  if (dates.some((date) => String(date) < base.closedBefore)) {
    throw applicationRefusal(`Період ${base.closedPeriod || `до ${base.closedBefore}`} закрито для змін.`);
  }
}

/** Refuses a number that a document of the type already has, where numbers are unique. */
export function demandUniqueNumber(base: Base, draft: Draft): void {
  if (base.switches.numberUnique === 'no') return;
  const twin = base.objects.ofType(draft.type.name).find((other) => other.id !== draft.id && other.header['number'] === draft.header['number']);
  if (twin) throw applicationRefusal(`Номер ${String(draft.header['number'])} не унікальний.`);
}

/** Refuses to take away an order under its shipments, where the base does not allow that. */
export function demandNoShipments(base: Base, draft: Draft, policy: 'allowed' | 'refused'): void {
  if (policy === 'allowed' || draft.type.name !== 'documents.saleOrder') return;
  if (liveShipmentsOf(base, draft.id).length > 0) throw applicationRefusal('За замовленням є проведені відвантаження.');
}

/** Refuses a return of more than the shipments behind it took, less what other returns gave back already. */
export function demandNotOverShipped(base: Base, document: StoredObject): void {
  if (base.switches.returnOverShipped === 'allowed' || document.type !== 'documents.saleReturn') return;
  const byShipment = returnedShipments(base, document, 'baseDoc');
  const link = byShipment.length > 0 ? 'baseDoc' : 'contract';
  const shipments = byShipment.length > 0 ? byShipment : returnedShipments(base, document, 'contract');
  const returns = base.objects.ofType('documents.saleReturn').filter(({ id, header }) => id !== document.id && header['posted'] === '1');
  const earlier = returns.filter(({ header }) => header[link] === document.header[link]);
  for (const line of linesOf(document)) {
    const shipped = quantityOf(shipments, line.good);
    const returned = line.qty.plus(quantityOf(earlier, line.good));
    if (returned.gt(shipped)) throw applicationRefusal(`Кількість до повернення перевищує відвантажену (${shipped.toFixed()}).`);
  }
}

function quantityOf(documents: readonly StoredObject[], good: string) {
  const lines = documents.flatMap(linesOf).filter((line) => line.good === good);
  return lines.reduce((sum, line) => sum.plus(line.qty), new Big(0));
}
