import type { DilovodRecord } from '@kds/dilovod-client';
import type { Tenant } from '@kds/tenancy';
import type { DilovodActions } from './dilovod-desk.js';
import { readGoodRows, readRetailPrices, readStorageBalances } from './read-register.js';

let warned: unknown[];
beforeEach(() => (warned = []));

function deskWith(rows: readonly DilovodRecord[], cost: 'balance' | 'none' = 'balance') {
  const dilovod = { request: () => Promise.resolve({ answer: { kind: 'done', value: rows }, latencyMs: 1, called: true }) } as unknown as DilovodActions;
  const tenant = { spec: { dilovod: { firm: 'f' }, prices: { cost } } } as unknown as Tenant;
  return { dilovod, tenant, within: () => ({ timeoutMs: 1_000, signal: new AbortController().signal }), local: String, present: () => ['now'], later: () => 'later', log: { warn: (facts: unknown) => warned.push(facts) } };
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

describe('F7: a row that cannot be read stops no other', () => {
  const good = (n: number) => `110030000000100${n}`;

  it('of a catalogue: it is named, and nothing is said of what it is', async () => {
    const rows = [{ id: good(1), productNum: 'A\0', name: 'Йога\ud83d-мат' }, { id: good(2), productNum: 'B', name: ['?'] }];
    const answer = await readGoodRows({ kind: 'read-goods', articles: null }, deskWith(rows));
    expect(answer).toEqual({ kind: 'done', value: { atomic: true, rows: [{ id: good(1), article: 'A', name: 'Йога\ufffd-мат', unit: null }], unreadable: [good(2)] } });
    expect(warned).toMatchObject([{ list: 'goods', unreadable: [{ id: good(2), problem: 'rows[1].name: expected an object' }] }]);
  });

  it('of a catalogue, when nobody knows which good it tells of: then none is said to be gone', async () => {
    const rows = [{ id: good(1), productNum: 'A' }, { id: 'abc', productNum: 'B' }];
    expect(await readGoodRows({ kind: 'read-goods', articles: null }, deskWith(rows))).toMatchObject({ kind: 'done', value: { rows: [{ article: 'A' }], unreadable: [], atomic: false } });
  });

  it('of a named good: it is not waited for for ever', async () => {
    expect(await readGoodRows({ kind: 'read-goods', articles: ['B'] }, deskWith([{ id: good(2), name: ['?'] }]))).toEqual({ kind: 'done', value: { atomic: true, rows: [], unreadable: [good(2)] } });
  });

  it('a catalogue of which nothing can be read is no catalogue', async () => {
    expect(await readGoodRows({ kind: 'read-goods', articles: null }, deskWith([{ id: good(2), name: ['?'] }]))).toMatchObject({ kind: 'failed', failure: { code: 'bad-answer' } });
  });

  it('of balances: its good is not known, in whatever storage, and never zero', async () => {
    const rows = [{ ...balance, qty: '2', amount: '5' }, { ...balance, good: good(2), qty: 'many', amount: '5' }, { ...balance, good: good(2), storage: '1100700000000002', qty: '3', amount: '5' }];
    const command = { kind: 'read-balances', storages: [balance.storage, '1100700000000002'] } as const;
    expect(await readStorageBalances(command, deskWith(rows))).toMatchObject({ kind: 'done', value: { columns: { good: [balance.good], qty: ['2'] }, unreadable: [good(2)] } });
    const nameless = await readStorageBalances(command, deskWith([...rows, { ...balance, good: '?', qty: '1', amount: '1' }]));
    expect(nameless).toMatchObject({ kind: 'failed', failure: { code: 'bad-answer', detail: { path: 'rows[3].good' } } });
  });

  it('of prices: of two records of one good, one of which cannot be read, neither counts', async () => {
    const rows = [{ good: good(1), price: '15' }, { good: good(2), price: '15' }, { good: good(2), price: 'x' }];
    expect(await readRetailPrices({ kind: 'read-prices', priceType: 't' }, deskWith(rows))).toMatchObject({ kind: 'done', value: { columns: { good: [good(1)] } } });
  });
});
