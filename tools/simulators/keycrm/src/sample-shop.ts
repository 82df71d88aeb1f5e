import { type AccountControl } from './control/account-control.js';
import type { NewAccount } from './accounts/account.js';
import { type KeycrmSimulator, startKeycrmSimulator } from './simulator.js';

/** A small shop behind a running simulator, for the specs. */
export interface SampleShop {
  readonly simulator: KeycrmSimulator;
  readonly control: AccountControl;
  readonly call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- specs look into answers of every shape
}

export const reserveStatusId = 8;
export const writeOffStatusId = 11;

/** Two warehouses, a source with the first as default, an order field, a mug (10 + 5 pieces), a shirt in two colours, two goods of one SKU. */
export async function openSampleShop(wanted: Partial<NewAccount> = {}): Promise<SampleShop> {
  const simulator = await startKeycrmSimulator();
  const control = simulator.createAccount({ name: 'shop', apiKey: 'shop-key', requestsPerMinute: 10_000, ...wanted });
  control.configure({ settings: { reserveStatusId, writeOffStatusId } });
  control.createWarehouse({ name: 'Main' });
  control.createWarehouse({ name: 'Shop floor' });
  control.createSource({ name: 'Site', defaultWarehouseId: 1 });
  control.createCustomField({ name: 'Document', uuid: 'OR_1044' });
  control.createCustomField({ name: 'Way', uuid: 'OR_1045', type: 'select', options: ['road', 'sea'] });
  control.createGoods({ goods: sampleGoods });
  return { simulator, control, call: caller(simulator.baseUrl, 'shop-key') };
}

const sampleGoods = [
  {
    name: 'Mug',
    sku: 'MUG',
    barcode: '4820000000017',
    price: '250',
    purchasedPrice: '140',
    weight: 420,
    stock: [
      { warehouseId: 1, quantity: 10 },
      { warehouseId: 2, quantity: 5 },
    ],
  },
  {
    name: 'Shirt',
    variants: [
      { sku: 'SHIRT-R', price: 500, properties: [{ name: 'Colour', value: 'red' }] },
      { sku: 'SHIRT-B', price: 520, properties: [{ name: 'Colour', value: 'blue' }] },
    ],
  },
  { name: 'Twin one', sku: 'TWIN', price: 10 },
  { name: 'Twin two', sku: 'TWIN', price: 11 },
  { name: 'Nameless', price: 1 },
];

/** Calls the API the way a careful client does; `headers` override, an empty value leaves a header out. */
export function caller(baseUrl: string, apiKey: string): SampleShop['call'] {
  return async (method, path, body, headers = {}) => {
    const usual = { authorization: `Bearer ${apiKey}`, accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const sent = Object.fromEntries(Object.entries({ ...usual, ...headers }).filter(([, value]) => value !== ''));
    const response = await fetch(baseUrl + path, { method, headers: sent, body: body === undefined ? undefined : JSON.stringify(body) });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: response.headers.get('content-type')?.includes('json') && text ? JSON.parse(text) : undefined };
  };
}
