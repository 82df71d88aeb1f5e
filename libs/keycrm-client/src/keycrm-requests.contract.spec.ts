import { decimal } from '@kds/kernel';
import { loadKeycrmOpenapi } from '@kds/keycrm-simulator';
import * as client from './index.js';

const openapi = loadKeycrmOpenapi();
const described = openapi === undefined ? test.skip : test;
const note = openapi === undefined ? ' (skipped: the description is not at hand)' : '';

const period = { from: new Date('2026-03-01T08:00:00Z'), to: new Date('2026-03-01T08:20:00Z') };
const page = { page: 1, limit: 50 };

/** Every request that the client can send, in every variation. */
const requests: Record<string, readonly client.KeycrmRequest[]> = {
  toListOrdersRequest: [
    client.toListOrdersRequest(page),
    client.toListOrdersRequest({
      ...page,
      sort: '-id',
      filters: { updatedBetween: period, createdBetween: period, statusIds: [12, 15], sourceIds: [3], sourceUuid: 'W-20417' },
    }),
  ],
  toReadOrderRequest: [client.toReadOrderRequest(9051)],
  toListStocksRequest: [client.toListStocksRequest(page), client.toListStocksRequest({ ...page, skus: ['A-1', 'B-2'] })],
  toListOffersRequest: [client.toListOffersRequest(page), client.toListOffersRequest({ ...page, ids: [1, 2], skus: ['A-1'], isArchived: false, withProduct: true, sort: '-id' })],
  toListStatusesRequest: [client.toListStatusesRequest(page)],
  toListSourcesRequest: [client.toListSourcesRequest(page)],
  toListCustomFieldsRequest: [client.toListCustomFieldsRequest()],
  toWriteStocksRequest: [client.toWriteStocksRequest({ warehouseId: 2, rows: [{ sku: 'A-1', quantity: decimal('41.125') }, { sku: 'B', quantity: decimal(-1) }] })],
  toWritePricesRequest: [
    client.toWritePricesRequest({ rows: [{ sku: 'A', price: decimal('259.90') }, { sku: 'B', purchasedPrice: decimal(0) }, { sku: 'C', price: decimal(1), purchasedPrice: decimal(1) }] }),
  ],
  toUpdateOrderCustomFieldsRequest: [client.toUpdateOrderCustomFieldsRequest(9051, [{ uuid: 'OR_1044', value: '000117' }])],
};

function problemsOf(request: client.KeycrmRequest): readonly unknown[] {
  const body = request.body === undefined ? undefined : JSON.parse(JSON.stringify(request.body));
  return openapi?.checkRequest({ ...request, body }) ?? [];
}

test('no request is left out', () => {
  expect(Object.keys(requests).sort()).toEqual(Object.keys(client).filter((name) => /^to.*Request$/.test(name)).sort());
});

test('B5, B9: no request names weight or size, archives, or deletes', () => {
  for (const request of Object.values(requests).flat()) {
    expect(['GET', 'PUT']).toContain(request.method);
    expect(JSON.stringify(request.body ?? {})).not.toMatch(/weight|length|width|height|archive|delete/);
  }
});

described.each(Object.entries(requests))(`%s asks as the vendor describes${note}`, (_name, variations) => {
  for (const request of variations) expect(problemsOf(request)).toEqual([]);
});

described(`the description finds a wrong request${note}`, () => {
  const strange = client.toListOrdersRequest(page);
  expect(problemsOf({ ...strange, query: { ...strange.query, 'filter[closed_between]': 'x' } })).not.toEqual([]);
  expect(problemsOf({ ...strange, path: '/orders' })).not.toEqual([]);
  expect(problemsOf({ method: 'PUT', path: '/offers/stocks', query: {}, body: { stocks: [{ sku: 'A', quantity: '1' }] } })).not.toEqual([]);
});
