import { Big } from 'big.js';
import { type Base } from '../base/base.js';
import { type StoredObject } from '../base/object-store.js';
import { predefined } from '../base/predefined.js';
import { demandWrite, type Session } from '../base/session.js';
import { noReference, type StoredRecord, type StoredValue, toFlag, toReference } from '../metadata/stored-value.js';
import { membersOf } from '../packet.js';
import { Refusal } from '../refusal.js';
import { slice } from '../registers/slice.js';
import { onHand, reservedByOthers } from '../registers/stock.js';
import { type Draft, openDraft, toObject } from './draft.js';
import { amount, reference } from './lines.js';
import { toValidStored } from './references.js';
import { withAmounts } from './rows.js';
import { saveDocument } from './save-document.js';

const defaults: Readonly<Record<string, string>> = {
  firm: predefined.firm,
  currency: predefined.hryvnia,
  storage: predefined.mainStorage,
  business: predefined.mainBusiness,
  priceType: predefined.priceType,
  state: predefined.stateNew,
};

/** The business method `saleOrderCreate`: an order from articles or goods, placed on demand. An empty one is created too. */
export function saleOrderCreate(base: Base, session: Session, given: Readonly<Record<string, unknown>>): StoredObject {
  demandWrite(session, 'documents.saleOrder');
  const draft = openDraft(base, 'documents.saleOrder');
  const sent = membersOf(given['header']);
  fillHeader(base, draft, sent);
  draft.parts['tpGoods'] = Object.values(given['goods'] ?? []).flatMap((good: unknown, index) => readGood({ base, draft }, membersOf(good), index + 1));
  if (toFlag(membersOf(given['placement'])['autoPlacement']) === '1' && base.switches.reserveOnAutoPlacement === 'yes') placeAutomatically(base, draft);
  const saveType = base.switches.saleOrderCreatePosted === 'posted' ? 1 : 0;
  return saveDocument(base, session, { draft, change: { saveType, mark: false, postedFlag: false, sent, mayLackRequired: true } });
}

function fillHeader(base: Base, draft: Draft, sent: Readonly<Record<string, unknown>>): void {
  for (const [name, id] of Object.entries(defaults)) if (base.objects.find(id)) draft.header[name] = id;
  for (const [name, raw] of Object.entries(sent)) {
    const field = draft.type.header[name];
    const stored = field && toValidStored(base, field, raw);
    if (stored === undefined) throw new Refusal(`Bad value type for column ${name}`);
    draft.header[name] = stored;
  }
  draft.header['date'] ??= base.clock.now();
}

function readGood({ base, draft }: { base: Base; draft: Draft }, sent: Readonly<Record<string, unknown>>, rowNum: number): readonly StoredRecord[] {
  const { saleOrderCreateRowStorage: rowStorage } = base.switches;
  const good = findGood(base, sent);
  if (!good && base.switches.saleOrderCreateUnknownGood === 'row-dropped') return [];
  if (!good) throw new Refusal(`good ${String(sent['productNum'] ?? sent['good'] ?? '')} not found`);
  const row: Record<string, StoredValue> = { id: base.objects.nextRowId(), rowNum: String(rowNum), good: good.id, unit: reference(good.header, 'mainUnit') };
  for (const name of ['qty', 'price', 'unit', 'discount', 'remark', 'storage', 'priceAmount', 'amountCur', 'baseQty']) {
    if (sent[name] === undefined || (name === 'storage' && rowStorage === 'ignored')) continue;
    const stored = toValidStored(base, draft.type.parts['tpGoods']![name]!, sent[name]);
    if (stored === undefined || (name === 'storage' && rowStorage === 'refused')) throw new Refusal(`Bad value type for column ${name}`);
    row[name] = stored;
  }
  row['price'] ??= priceOf(base, draft, good.id);
  return [withAmounts(row, base.switches.saleOrderCreateAmounts === 'keeps' ? 'missing' : 'always')];
}

function findGood(base: Base, sent: Readonly<Record<string, unknown>>): StoredObject | undefined {
  if (sent['good'] !== undefined) {
    const object = base.objects.find(toReference(sent['good']) ?? noReference);
    return object?.type === 'catalogs.goods' ? object : undefined;
  }
  return base.objects.ofType('catalogs.goods').find(({ header }) => header['productNum'] === sent['productNum'] && header['delMark'] !== '1');
}

function priceOf(base: Base, draft: Draft, good: string): string {
  const prices = base.objects.ofType('informationRegisters.goodsPrices').filter(({ header }) => header['good'] === good && header['priceType'] === draft.header['priceType']);
  return String(slice(prices, { dimensions: ['good'], to: String(draft.header['date']) })[0]?.header['price'] ?? '0.00000');
}

function placeAutomatically(base: Base, draft: Draft): void {
  const document = toObject(draft);
  const taken = new Map<string, Big>();
  draft.parts['tpGoods'] = (document.parts['tpGoods'] ?? []).map((row) => {
    const storage = reference(row, 'storage') === noReference ? reference(draft.header, 'storage') : reference(row, 'storage');
    const place = { good: reference(row, 'good'), storage, firm: reference(draft.header, 'firm') };
    const key = Object.values(place).join(' ');
    const already = taken.get(key) ?? new Big(0);
    const free = onHand(base.goods, place, base.clock.now()).qty.minus(reservedByOthers(base.orders, place, draft.id)).minus(already);
    const qty = amount(row, 'baseQty');
    const reserved = free.lte(0) ? new Big(0) : free.lt(qty) ? free : qty;
    taken.set(key, already.plus(reserved));
    return { ...row, qtyReserve: reserved.toFixed(3), qtyPurchase: qty.minus(reserved).toFixed(3) };
  });
  draft.header['placed'] = '1';
}
