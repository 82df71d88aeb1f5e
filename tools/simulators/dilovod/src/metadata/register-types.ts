import { date, decimal, type Fields, flag, money, price, quantity, ref, text } from './field.js';
import { type RegisterDefinition, type TypeDefinition } from './type-definition.js';

/** Registers whose records are saved and read like objects, by the dimensions of which a slice takes one record each. */
export const informationRegisters: readonly (TypeDefinition & { readonly dimensions: readonly string[] })[] = [
  informationRegister('goodsPrices', '11034', ['Ціни товарів', 'good priceType'], {
    ...date('date'),
    ...ref('catalogs.goods', 'good'),
    ...ref('catalogs.priceTypes', 'priceType'),
    ...price('price'),
    ...decimal(3, 'markup'),
    ...ref('catalogs.currency', 'currency'),
  }),
  informationRegister('barCodes', '11035', ['Штрихкоди', 'object code'], {
    ...ref('catalogs.goods', 'object'),
    ...text('code'),
    ...ref('catalogs.goodParts', 'goodPart'),
    ...flag('activity'),
  }),
  informationRegister('propValues', '11147', ['Значення властивостей', 'object propKind'], {
    ...ref('', 'object'),
    ...ref('catalogs.propKinds', 'propKind'),
    ...text('strValue'),
  }),
];

/** Stock: quantity and cost of goods on hand. */
export const goodsRegister: RegisterDefinition = {
  name: 'balanceRegisters.goods',
  prefix: '11201',
  presentation: { uk: 'Складські запаси', ru: 'Складские запасы' },
  dimensions: {
    ...ref('catalogs.goods', 'good'),
    ...ref('catalogs.storages catalogs.persons', 'storage'),
    ...ref('catalogs.firms', 'firm'),
    ...ref('catalogs.currency', 'currency'),
    ...ref('catalogs.accounts', 'account'),
    ...ref('catalogs.goodParts', 'goodPart'),
  },
  resources: { ...quantity('qty'), ...money('amount amountCur saleAmountCur'), ...quantity('saleQty') },
};

/** What customer orders still wait for, and what is reserved for them. */
export const saleOrderControlRegister: RegisterDefinition = {
  name: 'accumulationRegisters.saleOrderControl',
  prefix: '11202',
  presentation: { uk: 'Розміщення замовлень покупців', ru: 'Размещение заказов покупателей' },
  dimensions: {
    ...ref('catalogs.goods', 'good'),
    ...ref('catalogs.storages catalogs.persons', 'storage'),
    ...ref('catalogs.firms', 'firm'),
    ...ref('documents.saleOrder', 'baseDoc'),
  },
  resources: { ...money('amountCur'), ...quantity('qty qtyProd qtyPurchase qtyReserve') },
};

/** What sales brought. An official example groups it by good, which its metadata do not name. */
export const saleIncomesRegister: RegisterDefinition = {
  name: 'balanceRegisters.saleIncomes',
  prefix: '11203',
  presentation: { uk: 'Доходи від реалізації', ru: 'Доходы от реализации' },
  dimensions: {
    ...ref('catalogs.incomeItems', 'incomeItem'),
    ...ref('catalogs.departments', 'department'),
    ...ref('catalogs.firms', 'firm'),
    ...ref('catalogs.accounts', 'account'),
    ...ref('catalogs.goods', 'good'),
  },
  untold: ['good'],
  resources: money('amount'),
};

function informationRegister(shortName: string, prefix: string, [uk, dimensions]: [string, string], header: Fields) {
  const name = `informationRegisters.${shortName}`;
  return { name, prefix, kind: 'informationRegisters' as const, presentation: { uk, ru: uk }, header, parts: {}, dimensions: dimensions.split(' ') };
}
