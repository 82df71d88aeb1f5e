import { type Base } from '../base/base.js';
import { type Switches } from '../switches.js';
import { type StoredRecord } from '../metadata/stored-value.js';
import { Refusal } from '../refusal.js';
import { type Draft } from './draft.js';

const labels: Readonly<Record<string, string>> = {
  'balanceRegisters.goods': 'Складські запаси',
  firm: 'Фірма',
  person: 'Контрагент',
  currency: 'Валюта',
  storage: 'Місце зберігання',
  storageTo: 'Місце зберігання отримувач',
  docMode: 'Вид операції',
  business: 'Бізнес',
  name: 'Назва',
  object: "Об'єкт",
  propKind: 'Вид властивості',
  code: 'Код',
  priceType: 'Тип ціни',
  good: 'Товар',
  unit: 'Одиниця виміру',
  qty: 'Кількість',
  tpAnalytics: 'Аналітика',
  baseDoc: 'Документ-підстава',
  contract: 'Договір',
};

const requiredInHeader: Readonly<Record<string, string>> = {
  'documents.saleOrder': 'firm person currency storage',
  'documents.sale': 'firm person currency storage docMode',
  'documents.saleReturn': 'firm person currency storage docMode',
  'documents.purchase': 'firm storage',
  'documents.goodMoving': 'firm storage storageTo docMode',
  'documents.goodWriteOff': 'firm storage docMode',
  'documents.goodWriteOn': 'firm storage',
  'documents.cashIn': 'firm',
  'documents.cashOut': 'firm',
  'catalogs.goods': 'name',
  'catalogs.persons': 'name',
  'informationRegisters.goodsPrices': 'good priceType',
  'informationRegisters.barCodes': 'object code',
  'informationRegisters.propValues': 'object propKind',
};

const needBusiness = new Set(['documents.saleOrder', 'documents.sale', 'documents.saleReturn']);
const movesGoodsOfBusiness = new Set(['documents.sale', 'documents.saleReturn']);

/** Throws the refusal that names every required attribute that is missing. */
export function demandRequired(base: Base, draft: Draft, posting: boolean): void {
  const { switches } = base;
  const inHeader = (requiredInHeader[draft.type.name] ?? '').split(' ').filter((name) => name !== '' && isEmpty(draft.header[name]));
  const storageIsNeeded = needsStorage(draft, switches);
  const missing = inHeader.filter((name) => name !== 'storage' || storageIsNeeded);
  if (draft.type.kind === 'documents') missing.push(...missingInRows(draft));
  if (needBusiness.has(draft.type.name) && switches.businessRequired === 'yes' && isEmpty(draft.header['business'])) {
    if (posting && movesGoodsOfBusiness.has(draft.type.name)) missing.push('balanceRegisters.goods');
    missing.push('business');
  }
  refuseMissing(base, missing);
}

/** Storages of all rows stand for that of the header; an order may go without either. */
function needsStorage({ type, parts }: Draft, { orderWithoutStorage }: Switches): boolean {
  if (type.name === 'documents.saleOrder' && orderWithoutStorage === 'accepted') return false;
  const rows = parts['tpGoods'] ?? [];
  return rows.length === 0 || rows.some((row) => isEmpty(row['storage']));
}

/** Throws the refusal for a return without the link that this base wants: the shipment, the order, one of them, or both. */
export function demandReturnLink(base: Base, draft: Draft): void {
  const wanted = base.switches.returnLink;
  const noShipment = isEmpty(draft.header['baseDoc']);
  const noOrder = isEmpty(draft.header['contract']);
  const missing: string[] = [];
  if (noShipment && (wanted === 'baseDoc' || wanted === 'both-required' || (wanted === 'either' && noOrder))) missing.push('baseDoc');
  if (noOrder && (wanted === 'contract' || wanted === 'both-required')) missing.push('contract');
  refuseMissing(base, missing);
}

function missingInRows({ type, parts }: Draft): readonly string[] {
  if (type.parts['tpAnalytics']) return (parts['tpAnalytics'] ?? []).length === 0 ? ['tpAnalytics'] : [];
  const rows = parts['tpGoods'] ?? [];
  return ['good', 'unit', 'qty'].filter((name) => rows.some((row) => isEmpty(row[name])));
}

function refuseMissing(base: Base, missing: readonly string[]): void {
  const labelled = missing.map((name) => `${name} (${base.labels.get(name) ?? labels[name] ?? name})`);
  if (missing.length > 0) throw new Refusal(`emptyRequiredReq ${labelled.join('|')}`);
}

function isEmpty(value: StoredRecord[string] | undefined): boolean {
  if (value === undefined) return true;
  return typeof value === 'string' ? /^0*(\.0+)?$/.test(value) : value.uk === '' && value.ru === '';
}
