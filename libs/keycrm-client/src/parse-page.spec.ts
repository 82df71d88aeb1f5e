import fc from 'fast-check';
import { readOffer, readStockRow } from './parse-catalogue.js';
import { readCustomField, readStatus } from './parse-dictionary.js';
import { parseOrder, readOrder } from './parse-order.js';
import { parsePage, parseRows } from './parse-page.js';
import { parseBulkAnswer, parseUpdatedOrder } from './parse-write-answer.js';

const asked = { page: 3, limit: 50 };
const stocks = { name: 'rows', readRow: readStockRow } as const;

test('a page of stock, split by warehouse', () => {
  const row = {
    id: 5521, sku: null, price: '250.00', purchased_price: null, quantity: '36.000', reserve: 4,
    warehouse: [{ id: 2, name: 'Склад', quantity: 30, reserve: 4 }, { id: 5, name: 'Магазин', quantity: null, reserve: null }],
  };
  expect(parsePage({ total: 73, current_page: 2, per_page: 50, last_page: 2, data: [row, { id: 7, sku: 'B' }] }, asked, stocks)).toEqual({
    ok: true,
    value: {
      page: 2, perPage: 50, lastPage: 2, total: 73,
      rows: [
        {
          id: 5521, sku: null, price: '250', purchasedPrice: null, quantity: '36', reserve: '4',
          warehouses: [{ id: 2, name: 'Склад', quantity: '30', reserve: '4' }, { id: 5, name: 'Магазин', quantity: '0', reserve: '0' }],
        },
      ],
      unreadable: [{ id: 7, problem: '$.data[1].quantity: expected a number, found nothing' }],
    },
  });
});

test('where the last page is not named it follows from the total', () => {
  expect(parsePage({ total: 101, data: [] }, asked, stocks)).toMatchObject({ ok: true, value: { page: 3, perPage: 50, lastPage: 3 } });
  expect(parsePage({ total: '31', per_page: 15, data: [] }, asked, stocks)).toMatchObject({ ok: true, value: { lastPage: 3, total: 31 } });
  expect(parsePage({ total: 0, data: [] }, asked, stocks)).toMatchObject({ ok: true, value: { lastPage: 1 } });
});

test('what is no page is named', () => {
  expect(parsePage({ data: [] }, asked, stocks)).toEqual({ ok: false, error: '$.total: expected a whole number, found nothing' });
  expect(parsePage({ total: 1, data: {} }, asked, stocks)).toEqual({ ok: false, error: '$.data: expected a list, found an object' });
});

test('offers, statuses and custom fields', () => {
  expect(readOffer({ id: 5521, product_id: 1904, sku: 'MUG', barcode: null, price: 250, purchased_price: '145.50', quantity: 36, weight: 4 }, '$')).toEqual({
    id: 5521, productId: 1904, sku: 'MUG', barcode: null, price: '250', purchasedPrice: '145.5', quantity: '36', currencyCode: null,
  });
  expect(readOffer({ id: 5521, product: { id: 1904, currency_code: ' usd ' } }, '$')).toMatchObject({ currencyCode: 'USD' });
  expect(readOffer({ id: 5521, product: { id: 1904, currency_code: '$' } }, '$')).toMatchObject({ currencyCode: null });
  expect(readStatus({ id: 12, name: 'completed', alias: 'completed', is_active: 1, group_id: 5, is_closing_order: true }, '$')).toEqual({
    id: 12, name: 'completed', alias: 'completed', groupId: 5, isActive: true, isClosingOrder: true,
  });
  expect(parseRows([{ id: 1, uuid: 'OR_1044', name: 'Документ', model: 'order', type: 'text', is_multiple: false }, 5], { name: 'customFields', readRow: readCustomField })).toEqual({
    ok: true,
    value: {
      customFields: [{ id: 1, uuid: 'OR_1044', name: 'Документ', model: 'order', type: 'text', isMultiple: false }],
      unreadable: [{ id: undefined, problem: '$[1]: expected an object, found a number' }],
    },
  });
});

describe('whatever JSON comes', () => {
  const names = ['id', 'data', 'total', 'per_page', 'products', 'offer', 'warehouse', 'buyer', 'phone', 'custom_fields', 'uuid', 'value', 'quantity', 'price', 'status_id', 'grand_total', 'created_at', 'updated_at', 'status'];
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof({ depthSize: 'small' }, fc.jsonValue({ maxDepth: 1 }), fc.constantFrom('2026-03-01', '7', 1), tie('list'), tie('fields')),
    list: fc.array(tie('json'), { maxLength: 4 }),
    fields: fc.dictionary(fc.constantFrom(...names), tie('json'), { maxKeys: 12 }),
  }));

  test('a parser answers and never throws', () => {
    fc.assert(
      fc.property(json, (value) => {
        for (const parse of [parseOrder, parseBulkAnswer, parseUpdatedOrder]) expect(typeof parse(value).ok).toBe('boolean');
        for (const readRow of [readOrder, readOffer, readStockRow, readStatus, readCustomField] as ((json: unknown, path: string) => unknown)[]) {
          expect(typeof parsePage(value, asked, { name: 'rows', readRow }).ok).toBe('boolean');
          expect(parseRows([value, value], { name: 'rows', readRow }).ok).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
