import { decimal } from '@kds/kernel';
import { checkWritableFields, type DilovodDocument, toLinkPacket, toMarkPacket, toPlacedSaleOrderArguments, toSaleOrderPacket, toSaleOrderUpdatePacket, toSalePacket, toSaleReturnPacket, toStatePacket, writtenFields } from '../index.js';
import { actionsOver } from '../dilovod-client.js';
import type { SaleDraft, SaleOrderDraft } from './document-draft.js';

const shared = {
  orderId: 905,
  date: '2026-03-05 14:20:00',
  firm: '1100400000001001',
  person: '1100100000001044',
  currency: '1101200000001001',
  storage: '1100700000000001',
  business: '1115000000000001',
  rows: [
    {
      good: '1100300000001234',
      unit: '1103600000000001',
      qty: decimal('2'),
      price: decimal('599.95'),
      priceAmount: decimal('1199.9'),
      discount: decimal('0.3'),
      amountCur: decimal('1199.6'),
      storage: '1100700000001002',
    },
  ],
};
const row = {
  rowNum: 1,
  good: '1100300000001234',
  unit: '1103600000000001',
  qty: '2',
  baseQty: '2',
  price: '599.95',
  priceAmount: '1199.9',
  discount: '0.3',
  amountCur: '1199.6',
  storage: '1100700000001002',
};
/** No client of the real API sends a storage with the rows of a shipment or return, nor a discount with those of a return. */
const { storage: _storage, ...saleRow } = row;
const { discount: _discount, ...returnRow } = saleRow;
const header = {
  date: '2026-03-05 14:20:00',
  firm: '1100400000001001',
  person: '1100100000001044',
  storage: '1100700000000001',
  currency: '1101200000001001',
  business: '1115000000000001',
};
const order: SaleOrderDraft = { ...shared, state: '1111500000001002', author: null, tradeChanel: '1103200000001001', paymentForm: null, details: '+380501112233', remarkFromPerson: 'Отримувач: Олена', remarkTail: 'терміново' };
const sale: SaleDraft = { ...shared, business: null, baseDoc: '1109100000001001', contract: '1109100000001001' };

test('an order is created posted, with its key, and updated by id', () => {
  const packet = {
    saveType: 1,
    header: { id: 'documents.saleOrder', ...header, remark: 'KeyCRM #905 терміново', state: '1111500000001002', tradeChanel: '1103200000001001', details: '+380501112233', remarkFromPerson: 'Отримувач: Олена' },
    tableParts: { tpGoods: [row] },
  };
  expect(toSaleOrderPacket(order)).toEqual(packet);
  const { date: _date, state: _state, remark: _remark, ...corrected } = packet.header;
  const standing = { document: stands(), tailBefore: 'терміново' };
  expect(toSaleOrderUpdatePacket(order, standing)).toEqual({ ...packet, header: { ...corrected, id: '1109100000001001' } });
});

/** An order that stands in Dilovod, as it was read. */
function stands(change: Partial<DilovodDocument> = {}): DilovodDocument {
  const empty = { number: null, date: null, state: null, posted: true, delMark: false, firm: null, person: null, storage: null, baseDoc: null, contract: null, amountCur: null, placed: null, currency: null };
  const members = { business: null, author: null, tradeChanel: null, paymentForm: null, details: null, remarkFromPerson: null };
  return { id: '1109100000001001', remark: 'KeyCRM #905 терміново', ...empty, ...members, rows: [], ...change };
}

test('A20: what the order has no more is emptied in the document, and what nobody wrote is left alone', () => {
  const bare = { ...order, business: null, tradeChanel: null, details: null, remarkFromPerson: null };
  const document = stands({ business: '1115000000000001', tradeChanel: '1103200000001001', details: '+380501112233', remarkFromPerson: 'Отримувач: Олена' });
  const { header: sent } = toSaleOrderUpdatePacket(bare, { document, tailBefore: 'терміново' });
  expect(sent).toMatchObject({ business: '0', tradeChanel: '0', details: '', remarkFromPerson: '' });
  expect(sent).not.toHaveProperty('author');
  expect(sent).not.toHaveProperty('remark');
  expect(toSaleOrderUpdatePacket(bare, { document, tailBefore: 'терміново', notEmptiable: ['details'] }).header).not.toHaveProperty('details');
});

test.each([
  ['KeyCRM #905 терміново', 'терміново', null, 'KeyCRM #905'],
  ['KeyCRM #905 терміново дзвонити', 'терміново', null, 'KeyCRM #905 дзвонити'],
  ['KeyCRM #905 терміново дзвонити', 'терміново', 'нове', 'KeyCRM #905 нове дзвонити'],
  ['KeyCRM #905', null, 'нове', 'KeyCRM #905 нове'],
  ['KeyCRM #905 дзвонити', 'терміново', null, 'KeyCRM #905 дзвонити'],
])('A20: of the remark %j our words %j become %j, and nothing else of it changes', (remark, before, after, wanted) => {
  expect(toSaleOrderUpdatePacket({ ...order, remarkTail: after }, { document: stands({ remark }), tailBefore: before }).header.remark).toBe(wanted);
});

test('a shipment is linked to its order twice', () => {
  const { business: _, ...bare } = header;
  expect(toSalePacket(sale)).toEqual({
    saveType: 1,
    header: { id: 'documents.sale', ...bare, remark: 'KeyCRM #905', docMode: '1004000000000350', baseDoc: '1109100000001001', contract: '1109100000001001' },
    tableParts: { tpGoods: [saleRow] },
  });
});

test('a return is linked to the shipment and to the order', () => {
  expect(toSaleReturnPacket({ ...sale, business: shared.business, baseDoc: '1106800000001001' })).toEqual({
    saveType: 1,
    header: { id: 'documents.saleReturn', ...header, remark: 'KeyCRM #905', docMode: '1004000000000354', baseDoc: '1106800000001001', contract: '1109100000001001' },
    tableParts: { tpGoods: [returnRow] },
  });
  expect(toSaleReturnPacket({ ...sale, baseDoc: '1106800000001001' }, '1', ['discount']).tableParts).toEqual({ tpGoods: [saleRow] });
});

test('a placed order names a storage per row only where it is not the header’s', () => {
  const near = { ...shared.rows[0]!, storage: shared.storage };
  const { rowNum: _, baseQty: __, amountCur: ___, storage, ...good } = row;
  expect(toPlacedSaleOrderArguments({ ...shared, rows: [near, ...shared.rows] })).toEqual({
    header: { ...header, remark: 'KeyCRM #905' },
    goods: [good, { ...good, storage }],
    placement: { autoPlacement: true },
  });
});

test('small packets change what they say and nothing else', () => {
  expect(toStatePacket('1109100000001001', '1111500000000008')).toEqual({ saveType: 1, header: { id: '1109100000001001', state: '1111500000000008' } });
  expect(toMarkPacket('1109100000001001', null)).toEqual({ saveType: 2, header: { id: '1109100000001001', delMark: 1 } });
  expect(toMarkPacket('1109100000001001', '1111500000000007')).toEqual({ saveType: 2, header: { id: '1109100000001001', state: '1111500000000007', delMark: 1 } });
  expect(toLinkPacket('1106800000001001', { baseDoc: '1', contract: '2' })).toEqual({ saveType: 1, header: { id: '1106800000001001', baseDoc: '1', contract: '2' } });
});

test('weight, dimensions and vendor extras of a draft never get into a packet', () => {
  const smuggled = { ...sale, weight: '5', length: '1', packageWeight: '2', rows: shared.rows.map((each) => ({ ...each, weight: '5', height: 1, width: 2 })) };
  for (const packet of [toSaleOrderPacket(smuggled), toSalePacket(smuggled), toSaleReturnPacket(smuggled), toPlacedSaleOrderArguments(smuggled)]) {
    expect(JSON.stringify(packet)).not.toMatch(/weight|length|height|width|volume/i);
  }
});

test('the fields to check against a base are exactly those that packets may write', async () => {
  const everything = { ...order, author: '1000200000001001', paymentForm: '1110300000001001' };
  const written = [toSaleOrderPacket(everything), toSalePacket({ ...sale, business: shared.business }), toSaleReturnPacket({ ...sale, business: shared.business })];
  expect(written.map((packet) => Object.keys(packet.header).filter((name) => name !== 'id').sort())).toEqual(
    [writtenFields['documents.saleOrder'], writtenFields['documents.sale'], writtenFields['documents.saleReturn']].map((names) => [...names].sort()),
  );
  const client = actionsOver(async () => ({ kind: 'json', status: 200, json: { name: 'documents.sale', reqs: { date: {}, firm: {}, remark: {} }, dimensions: [{ name: 'good' }] } }), { apiKey: 'k' });
  expect(await checkWritableFields(client, { type: 'documents.sale', fields: ['remark', 'docMode', 'good'] }, { timeoutMs: 1_000 })).toMatchObject({ answer: { kind: 'done', value: ['docMode'] } });
});
