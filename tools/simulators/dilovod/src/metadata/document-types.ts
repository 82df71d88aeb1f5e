import { type Switches } from '../switches.js';
import { analyticsRow, payment } from './cash-documents.js';
import { date, decimal, type Fields, flag, money, quantity, ref, text, texts } from './field.js';
import { costedRow, goodsRow, saleOrderRow, saleReturnRow, saleRow } from './goods-rows.js';
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
  ...flag('taxAccount'),
};

const docMode = ref('enumerates.values', 'docMode');
const deliveryMethod = ref('catalogs.deliveryMethods', 'deliveryMethod');

/** How a buyer came and pays. Orders and returns say so, shipments do not. */
const sourceAndPayment: Fields = {
  ...ref('catalogs.tradeChanels', 'tradeChanel'),
  ...ref('catalogs.paymentForms', 'paymentForm'),
  ...ref('catalogs.cashAccounts', 'cashAccount'),
};

const saleOrder = (orderStatesType: string): Fields => ({
  ...inDocumentsWithPerson,
  ...sourceAndPayment,
  ...text('deliveryRemark_forDel'),
  ...ref('catalogs.priceTypes', 'priceType'),
  ...decimal(3, 'mrkupPercent_forDel discountPercent'),
  ...ref(orderStatesType, 'state'),
  ...ref('', 'deliveryPoint discountCard cancelReason'),
  ...money('payment_forDel'),
  ...quantity('weight'),
  ...flag('allowAnyStorage_forDel placed taxManual taxIncluded userPresentation'),
  ...date('supplyDate reserveDate payBefore'),
  ...ref('catalogs.cashItems', 'cashItem_forDel'),
  ...text('details remarkForPerson remarkFromPerson trackNum_forDel'),
  ...deliveryMethod,
});

const sale = (orderStatesType: string): Fields => ({
  ...inDocumentsWithPerson,
  ...docMode,
  ...ref(orderStatesType, 'state'),
  ...ref('catalogs.priceTypes', 'priceType'),
  ...decimal(3, 'discountPercent'),
  ...text('remarkForPerson'),
  ...deliveryMethod,
});

const saleReturn: Fields = { ...inDocumentsWithPerson, ...sourceAndPayment, ...docMode, ...deliveryMethod };

const purchase: Fields = { ...inDocumentsWithPerson, ...docMode, ...text('originalNumber'), ...date('originalDate') };
const goodMoving: Fields = {
  ...docMode,
  ...ref('catalogs.storages catalogs.persons', 'storageTo'),
  ...money('amountCost'),
  ...flag('taxAccount'),
  ...ref('catalogs.priceTypes', 'priceType'),
};
const goodWriteOn: Fields = {
  ...ref('catalogs.accounts', 'accIncomes'),
  ...flag('taxAccount'),
  ...ref('catalogs.incomeItems', 'incomeItem'),
};

/** The documents of every base that move goods, the order that asks for them, and payments. */
export function documentTypes(switches: Switches): readonly TypeDefinition[] {
  const { orderStatesType } = switches;
  return [
    document('saleOrder', '11091', ['Замовлення', 'Заказ'], [saleOrder(orderStatesType), saleOrderRow]),
    document('sale', '11068', ['Відвантаження', 'Отгрузка'], [sale(orderStatesType), saleRow(switches)]),
    document('saleReturn', '11069', ['Повернення від покупця', 'Возврат от покупателя'], [saleReturn, saleReturnRow(switches)]),
    document('purchase', '11009', ['Надходження', 'Поступление'], [purchase, goodsRow]),
    document('goodMoving', '11010', ['Переміщення', 'Перемещение'], [goodMoving, costedRow]),
    document('goodWriteOff', '11014', ['Списання', 'Списание'], [{ ...docMode, ...ref('catalogs.accounts', 'accCosts') }, costedRow]),
    document('goodWriteOn', '11015', ['Оприбуткування', 'Оприходование'], [goodWriteOn, goodsRow]),
    cashDocument('cashIn', '11041', ['Надходження грошей', 'Поступление денег']),
    cashDocument('cashOut', '11042', ['Витрата грошей', 'Расход денег']),
  ];
}

/** Its id prefix is an invention: a client finds it in listMetadata. */
function cashDocument(shortName: string, prefix: string, [uk, ru]: [string, string]): TypeDefinition {
  const { storage: _notOfMoney, ...header } = { ...inEveryDocument, ...payment };
  const described = { presentation: { uk, ru }, header, parts: { tpAnalytics: analyticsRow } };
  return { name: `documents.${shortName}`, prefix, kind: 'documents', ...described };
}

function document(shortName: string, prefix: string, [uk, ru]: [string, string], [own, row]: [Fields, Fields]): TypeDefinition {
  const presentation: Texts = { uk, ru };
  return { name: `documents.${shortName}`, prefix, kind: 'documents', presentation, header: { ...inEveryDocument, ...own }, parts: { tpGoods: row } };
}
