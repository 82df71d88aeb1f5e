import { date, decimal, type Fields, flag, money, price, quantity, ref, text, texts } from './field.js';
import { type Texts } from './stored-value.js';
import { type TypeDefinition } from './type-definition.js';

const inEveryDocument: Fields = {
  ...date('date'),
  ...text('number'),
  ...texts('presentation'),
  ...flag('delMark posted'),
  ...text('remark'),
  ...ref('', 'baseDoc'),
  ...text('version'),
  ...ref('catalogs.firms', 'firm'),
  ...ref('catalogs.business', 'business'),
  ...ref('catalogs.storages catalogs.persons', 'storage'),
  ...ref('catalogs.users', 'author'),
  ...ref('catalogs.departments', 'department'),
  ...ref('catalogs.currency', 'currency'),
  ...money('amountCur'),
  ...decimal(4, 'rate'),
};

const inDocumentsWithPerson: Fields = {
  ...ref('catalogs.persons', 'person contact'),
  ...ref('catalogs.employees', 'manager'),
  ...ref('catalogs.contracts documents.saleOrder', 'contract'),
  ...ref('catalogs.settlementsKinds', 'settlementsKind'),
  ...ref('catalogs.accounts', 'taxAccount'),
};

const docMode = ref('enumerates.values', 'docMode');

const saleOrder = (orderStatesType: string): Fields => ({
  ...inDocumentsWithPerson,
  ...ref('catalogs.paymentForms', 'paymentForm'),
  ...text('deliveryRemark_forDel'),
  ...ref('catalogs.priceTypes', 'priceType'),
  ...decimal(3, 'mrkupPercent_forDel discountPercent'),
  ...ref(orderStatesType, 'state'),
  ...ref('', 'deliveryPoint payment_forDel discountCard cancelReason'),
  ...quantity('weight'),
  ...flag('allowAnyStorage_forDel payBefore placed taxManual taxIncluded'),
  ...date('supplyDate reserveDate'),
  ...ref('catalogs.cashAccounts', 'cashAccount'),
  ...ref('catalogs.cashItems', 'cashItem_forDel'),
  ...ref('catalogs.tradeChanels', 'tradeChanel'),
  ...text('userPresentation details remarkForPerson remarkFromPerson trackNum_forDel'),
  ...ref('catalogs.deliveryMethods', 'deliveryMethod_forDel'),
});

const sale = (orderStatesType: string): Fields => ({
  ...inDocumentsWithPerson,
  ...docMode,
  ...ref(orderStatesType, 'state'),
  ...ref('catalogs.priceTypes', 'priceType'),
  ...decimal(3, 'discountPercent'),
  ...text('remarkForPerson'),
});

const purchase: Fields = { ...inDocumentsWithPerson, ...docMode, ...text('originalNumber'), ...date('originalDate') };
const goodMoving: Fields = { ...docMode, ...ref('catalogs.storages catalogs.persons', 'storageTo'), ...money('amountCost') };
const goodWriteOn: Fields = { ...ref('catalogs.accounts', 'accIncomes taxAccount'), ...ref('catalogs.incomeItems', 'incomeItem') };

const goodsRow: Fields = {
  ...text('rowNum'),
  ...ref('catalogs.goods', 'good'),
  ...ref('catalogs.goodParts', 'goodPart'),
  ...ref('catalogs.units', 'unit'),
  ...quantity('qty baseQty'),
  ...decimal(4, 'ratio'),
  ...price('price'),
  ...money('priceAmount discount amountCur'),
  ...decimal(1, 'discountPercent'),
  ...quantity('weight'),
  ...ref('catalogs.storages catalogs.persons', 'storage'),
  ...ref('catalogs.accounts', 'accGood'),
  ...ref('catalogs.taxes', 'vatTax'),
  ...money('vatAmount'),
  ...text('remark printName'),
};

const { goodPart: _notInOrders, ...rowOfOrders } = goodsRow;

const saleOrderRow: Fields = {
  ...rowOfOrders,
  ...money('mrkup_forDel'),
  ...decimal(1, 'mrkupPercent_forDel'),
  ...ref('', 'gType_forDel gCharForDelete promotion'),
  ...quantity('qtyReserve qtyPurchase qtyProd'),
  ...ref('catalogs.persons', 'supplier'),
  ...price('supplierPrice comPrice'),
  ...ref('catalogs.currency', 'supplierCurrency'),
  ...text('hash salesTaxes'),
  ...money('comAmount sltBase1 sltAmount1 sltBase2 sltAmount2'),
  ...ref('catalogs.taxes', 'sltTax1 sltTax2'),
  ...decimal(1, 'sltRate1 sltRate2'),
};

const costedRow: Fields = { ...goodsRow, ...money('amountCost') };

/** The documents of every base that move goods, and the order that asks for them. */
export function documentTypes(orderStatesType: string): readonly TypeDefinition[] {
  return [
    document('saleOrder', '11091', ['Замовлення', 'Заказ'], [saleOrder(orderStatesType), saleOrderRow]),
    document('sale', '11068', ['Відвантаження', 'Отгрузка'], [sale(orderStatesType), goodsRow]),
    document('saleReturn', '11069', ['Повернення від покупця', 'Возврат от покупателя'], [{ ...inDocumentsWithPerson, ...docMode }, goodsRow]),
    document('purchase', '11009', ['Надходження', 'Поступление'], [purchase, goodsRow]),
    document('goodMoving', '11010', ['Переміщення', 'Перемещение'], [goodMoving, costedRow]),
    document('goodWriteOff', '11014', ['Списання', 'Списание'], [{ ...docMode, ...ref('catalogs.accounts', 'accCosts') }, costedRow]),
    document('goodWriteOn', '11015', ['Оприбуткування', 'Оприходование'], [goodWriteOn, goodsRow]),
  ];
}

function document(shortName: string, prefix: string, [uk, ru]: [string, string], [own, row]: [Fields, Fields]): TypeDefinition {
  const presentation: Texts = { uk, ru };
  return { name: `documents.${shortName}`, prefix, kind: 'documents', presentation, header: { ...inEveryDocument, ...own }, parts: { tpGoods: row } };
}
