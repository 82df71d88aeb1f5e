import { type Base } from '../base/base.js';
import { type StoredObject } from '../base/object-store.js';
import { predefined } from '../base/predefined.js';
import { type Session } from '../base/session.js';
import { applicationRefusal } from '../refusal.js';
import { type Switches } from '../switches.js';
import { demandNoShipments, demandNotOverShipped, demandOpenPeriod, demandUniqueNumber } from './document-rules.js';
import { type Draft, toObject } from './draft.js';
import { fillOrder } from './fill-order.js';
import { deriveMovements, movedLedgers, type Movements } from './movements.js';
import { orderOf } from './order-links.js';
import { demandRequired, demandReturnLink } from './required-attributes.js';
import { totalOf } from './rows.js';

/** What is asked of a document besides its attributes. */
export interface DocumentChange {
  /** 0 save, 1 save and post, 2 save and unpost. */
  readonly saveType: 0 | 1 | 2;
  readonly mark: boolean;
  /** `posted` stood in the header that was sent. */
  readonly postedFlag: boolean;
  /** Attributes that were sent are kept as they are: the number, the total. */
  readonly sent: Readonly<Record<string, unknown>>;
  /** Orders from `saleOrderCreate` may lack anything. */
  readonly mayLackRequired?: boolean;
}

type Posting = 'post' | 'unpost' | 'leave';

/** Stores a document, with its movements, whole or not at all. */
export function saveDocument(base: Base, session: Session, request: { draft: Draft; change: DocumentChange }): StoredObject {
  const { draft, change } = request;
  const wasPosted = draft.before?.header['posted'] === '1';
  complete(base, draft, change);
  const posting = decidePosting(base.switches, wasPosted, change);
  demandAllowed(base, draft, { change, posting });
  if (change.mark) draft.header['delMark'] = '1';
  if (posting !== 'leave') draft.header['posted'] = posting === 'post' ? '1' : '0';
  const document = toObject(draft);
  moveRegisters(base, document, { posting, keepReserve: change.mark && base.switches.reserveReleasedOnMark === 'no' });
  if (change.mark && posting === 'leave' && base.switches.reserveReleasedOnMark === 'yes') base.orders.replace(draft.id, []);
  if (draft.before === undefined && draft.header['number'] === undefined) draft.header['number'] = automaticNumber(base, draft);
  const stored = base.store(document, session);
  if (posting === 'post' && stored.type === 'documents.sale') followShipment(base, session, stored);
  return stored;
}

function complete(base: Base, draft: Draft, { sent }: DocumentChange): void {
  if (draft.header['date'] === undefined) draft.header['date'] = base.clock.now();
  if (!draft.before && (base.switches.explicitNumberKept === 'no' || draft.header['number'] === '')) delete draft.header['number'];
  if (draft.type.name === 'documents.saleOrder' && base.switches.baseFillsOrder === 'yes') fillOrder(base, draft);
  const sentTotalStands = base.switches.amountsRecalculated === 'never' && 'amountCur' in sent;
  if (!sentTotalStands && draft.type.parts['tpGoods']) draft.header['amountCur'] = totalOf(draft.parts['tpGoods'] ?? []);
  if (draft.type.parts['tpAnalytics']) totalPayment(draft);
}

/** The amounts of a payment are those of its rows, whatever its header says. */
function totalPayment({ header, parts }: Draft): void {
  for (const name of ['amountCur', 'amountCurCommission']) header[name] = totalOf(parts['tpAnalytics'] ?? [], name);
}

function automaticNumber(base: Base, draft: Draft): string {
  const number = base.objects.takeNumber(draft.type.name);
  return base.switches.automaticNumbers === 'zero-padded' ? number : `НР${number.slice(2)}`;
}

function decidePosting(switches: Switches, wasPosted: boolean, change: DocumentChange): Posting {
  if (change.saveType === 1) return 'post';
  if (change.saveType === 2) return 'unpost';
  if (change.mark) return wasPosted && switches.setDelMarkOnPosted === 'unposts' ? 'unpost' : 'leave';
  if (change.postedFlag && switches.postedByHeaderFlag === 'yes') return 'post';
  if (!wasPosted) return 'leave';
  return ({ keep: 'leave', repost: 'post', unpost: 'unpost' } as const)[switches.saveType0OnPosted];
}

function demandAllowed(base: Base, draft: Draft, { change, posting }: { change: DocumentChange; posting: Posting }): void {
  const { switches } = base;
  const wasPosted = draft.before?.header['posted'] === '1';
  demandOpenPeriod(base, draft);
  demandUniqueNumber(base, draft);
  if (change.mark) {
    if (wasPosted && posting === 'leave' && switches.setDelMarkOnPosted === 'refuses') throw applicationRefusal('Проведений документ не можна позначити на видалення.');
    demandNoShipments(base, draft, switches.markOrderWithShipments);
  }
  if (wasPosted && posting === 'unpost' && change.saveType === 2) demandNoShipments(base, draft, switches.unpostOrderWithShipments);
  const isMarked = change.mark || draft.before?.header['delMark'] === '1';
  if (posting === 'post' && isMarked && switches.postMarked === 'refused') throw applicationRefusal('Документ позначено на видалення.');
  const isTakenBack = change.mark || (wasPosted && posting === 'unpost');
  if (isTakenBack || change.mayLackRequired || (posting !== 'post' && switches.draftsNeedRequired === 'no')) return;
  demandRequired(base, draft, posting === 'post');
  if (draft.type.name === 'documents.saleReturn') demandReturnLink(base, draft);
}

function moveRegisters(base: Base, document: StoredObject, { posting, keepReserve }: { posting: Posting; keepReserve: boolean }): void {
  if (posting === 'leave') return;
  const written = (name: keyof Movements) => base[name].ofRecorder(document.id);
  const before: Movements = { goods: written('goods'), orders: written('orders'), incomes: written('incomes') };
  for (const name of movedLedgers) if (name !== 'orders' || !keepReserve) base[name].replace(document.id, []);
  if (posting === 'unpost') return;
  try {
    demandNotOverShipped(base, document);
    write(base, document.id, deriveMovements(base, document));
  } catch (refusal) {
    write(base, document.id, before);
    throw refusal;
  }
}

function write(base: Base, recorder: string, movements: Movements): void {
  for (const name of movedLedgers) base[name].replace(recorder, movements[name]);
}

function followShipment(base: Base, session: Session, shipment: StoredObject): void {
  const order = base.objects.find(orderOf(base, shipment));
  if (base.switches.stateOnShipment === 'unchanged' || !order) return;
  base.store({ ...order, header: { ...order.header, state: predefined.stateDone } }, session);
}
