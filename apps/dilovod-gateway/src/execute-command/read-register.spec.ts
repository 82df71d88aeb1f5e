import type { DilovodRecord } from '@kds/dilovod-client';
import type { Tenant } from '@kds/tenancy';
import type { DilovodActions } from './dilovod-desk.js';
import { readRetailPrices, readStorageBalances } from './read-register.js';

function deskWith(rows: readonly DilovodRecord[], cost: 'balance' | 'none' = 'balance') {
  const dilovod = { request: () => Promise.resolve({ answer: { kind: 'done', value: rows }, latencyMs: 1, called: true }) } as unknown as DilovodActions;
  const tenant = { spec: { dilovod: { firm: 'f' }, prices: { cost } } } as unknown as Tenant;
  return { dilovod, tenant, within: () => ({ timeoutMs: 1_000, signal: new AbortController().signal }), local: String, present: () => ['now'], later: () => 'later' };
}

const balance = { good: '1100300000001001', sku: 'A', storage: '1100700000000001', firm: 'f' };

it('refuses balances without their cost where costs are wanted, so that no cost becomes zero', async () => {
  const hidden = { ...balance, qty: '2.000', amount: null };
  const command = { kind: 'read-balances', storages: [balance.storage] } as const;
  expect(await readStorageBalances(command, deskWith([hidden]))).toMatchObject({ kind: 'rejected', failure: { code: 'cost-not-shown' } });
  expect(await readStorageBalances(command, deskWith([hidden], 'none'))).toMatchObject({ kind: 'done', value: { columns: { qty: ['2'], amount: ['0'] } } });
  expect(await readStorageBalances(command, deskWith([{ ...hidden, qty: '0.000' }]))).toMatchObject({ kind: 'done' });
});

it('leaves out records without a price, so that no price becomes zero', async () => {
  const rows = [{ good: '1100300000001001', sku: 'A', price: null }, { good: '1100300000001002', sku: 'B', price: '15.00000', currency: '1101200000001001' }];
  expect(await readRetailPrices({ kind: 'read-prices', priceType: 't' }, deskWith(rows))).toEqual({ kind: 'done', value: { columns: { good: ['1100300000001002'], price: ['15'], currency: ['1101200000001001'] }, atomic: true } });
});
