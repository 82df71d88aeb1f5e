import { type Switches } from '../switches.js';
import { decimal, type Fields, money, price, quantity, ref, text } from './field.js';

const storage = ref('catalogs.storages catalogs.persons', 'storage');

/** The members of a row that clients send with returns. */
const sentWithReturns: Fields = {
  ...text('rowNum'),
  ...ref('catalogs.goods', 'good'),
  ...ref('catalogs.goodParts', 'goodPart'),
  ...ref('catalogs.units', 'unit'),
  ...quantity('qty baseQty'),
  ...price('price'),
  ...money('priceAmount amountCur'),
  ...ref('catalogs.accounts', 'accGood'),
};

/** What clients copy from an order's rows into a shipment's, and what they add there. */
const copiedToShipments: Fields = {
  ...sentWithReturns,
  ...decimal(4, 'ratio'),
  ...money('discount'),
  ...decimal(1, 'discountPercent'),
  ...quantity('weight'),
  ...ref('catalogs.taxes', 'vatTax'),
  ...money('vatAmount'),
  ...text('remark printName'),
};

/** Rows of documents that move goods, sales aside. */
export const goodsRow: Fields = { ...copiedToShipments, ...storage };
export const costedRow: Fields = { ...goodsRow, ...money('amountCost') };

const { goodPart: _notInOrders, ...rowOfOrders } = goodsRow;

/** A row of an order, as it was recorded. */
export const saleOrderRow: Fields = {
  ...rowOfOrders,
  ...money('mrkup_forDel'),
  ...decimal(1, 'mrkupPercent_forDel'),
  ...ref('', 'gType_forDel gCharForDelete promotion salesTaxes'),
  ...quantity('qtyReserve qtyPurchase qtyProd'),
  ...ref('catalogs.persons', 'supplier'),
  ...price('supplierPrice comPrice'),
  ...ref('catalogs.currency', 'supplierCurrency'),
  ...text('hash'),
  ...money('comAmount sltBase1 sltAmount1 sltBase2 sltAmount2'),
  ...ref('catalogs.taxes', 'sltTax1 sltTax2'),
  ...decimal(2, 'sltRate1 sltRate2'),
};

/** A row of a shipment. No client sends a storage there. */
export function saleRow({ saleRowStorage }: Switches): Fields {
  return saleRowStorage === 'known' ? goodsRow : copiedToShipments;
}

/** A row of a return. */
export function saleReturnRow({ saleReturnRowFields }: Switches): Fields {
  return saleReturnRowFields === 'as-order' ? goodsRow : sentWithReturns;
}
