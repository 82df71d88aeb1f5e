import { caller, openSampleShop, type SampleShop } from '../sample-shop.js';

let shop: SampleShop;
afterEach(() => shop.simulator.close());

const rules = () => shop.control.violations().map(({ rule }) => rule);

describe('who may enter', () => {
  beforeEach(async () => {
    shop = await openSampleShop();
  });

  test.each(['', 'Bearer wrong', 'shop-key', 'Basic shop-key'])('authorization "%s" is refused', async (authorization) => {
    const reply = await shop.call('GET', '/order', undefined, { authorization });
    expect([reply.status, reply.body]).toEqual([401, { message: 'Unauthenticated.' }]);
    expect(shop.simulator.strangers.requests()).toHaveLength(1);
  });

  test('the key chooses the account', async () => {
    shop.simulator.createAccount({ name: 'other', apiKey: 'other-key' });
    const other = caller(shop.simulator.baseUrl, 'other-key');
    expect((await other('GET', '/offers')).body.total).toBe(0);
    expect((await shop.call('GET', '/offers')).body.total).toBe(6);
  });

  test('a path that is none of the API’s', async () => {
    expect(await shop.call('GET', '/warehouses')).toMatchObject({ status: 404, body: { message: expect.any(String) } });
    expect(await shop.call('DELETE', '/order')).toMatchObject({ status: 404 });
    const wrongBase = await caller(shop.simulator.baseUrl.replace('/v1', '/v2'), 'shop-key')('GET', '/order');
    expect([wrongBase.status, wrongBase.headers.get('content-type')]).toEqual([404, 'text/html']);
  });

  test('errors may be HTML for who does not ask for JSON', async () => {
    expect((await shop.call('GET', '/order/1', undefined, { accept: '*/*' })).body).toEqual({ message: 'Order not found' });
    shop.control.setSwitches({ errorsWithoutAccept: 'html' });
    expect((await shop.call('GET', '/order/1', undefined, { accept: '*/*' })).text).toMatch(/<html>/);
    expect((await shop.call('GET', '/order/1')).body).toEqual({ message: 'Order not found' });
    shop.control.setSwitches({ errorsWithoutAccept: 'redirect' });
    const redirected = await fetch(`${shop.simulator.baseUrl}/order/1`, { headers: { authorization: 'Bearer shop-key' }, redirect: 'manual' });
    expect([redirected.status, redirected.headers.get('location')]).toEqual([302, expect.stringContaining('http://')]);
  });

  test('a key that was replaced by another', async () => {
    shop.control.replaceKey({ apiKey: 'new-key' });
    const withKey = (key: string) => caller(shop.simulator.baseUrl, key)('GET', '/users');
    expect([(await withKey('new-key')).status, shop.control.apiKey]).toEqual([200, 'new-key']);
    expect(await withKey('shop-key')).toMatchObject({ status: 401, body: { message: 'Unauthenticated.' } });
    shop.control.setSwitches({ wrongKeyForm: 'html' });
    expect(await withKey('shop-key')).toMatchObject({ status: 401, text: expect.stringContaining('<html>') });
    shop.control.setSwitches({ replacedKey: 'accepted' });
    expect((await withKey('shop-key')).status).toBe(200);
  });
});

describe('the request limit', () => {
  test('the 61st request within a minute is refused', async () => {
    shop = await openSampleShop({ requestsPerMinute: 60 });
    const statuses = await Promise.all(Array.from({ length: 61 }, async () => (await shop.call('GET', '/users')).status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(60);
    const refused = await shop.call('GET', '/users');
    expect([refused.status, refused.body]).toEqual([429, { message: 'Too Many Attempts.' }]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
    expect(rules()).toEqual(['throttled', 'throttled']);
  });

  test('every form of a refusal', async () => {
    shop = await openSampleShop({ requestsPerMinute: 0 });
    const refusal = async (changes: Parameters<typeof shop.control.setSwitches>[0]) => {
      shop.control.setSwitches(changes);
      return shop.call('GET', '/users');
    };
    expect((await refusal({ retryAfter: 'absent' })).headers.get('retry-after')).toBeNull();
    expect((await refusal({ retryAfter: 'zero' })).headers.get('retry-after')).toBe('0');
    expect((await refusal({ throttleBody: 'html' })).text).toMatch(/<html>/);
    expect((await refusal({ rateLimitHeaders: 'present' })).headers.get('x-ratelimit-remaining')).toBe('0');
  });
});

describe('K8: who has a budget of requests', () => {
  const from = (address: string, apiKey = 'shop-key') => async () => {
    const headers = { 'x-forwarded-for': address };
    return (await caller(shop.simulator.baseUrl, apiKey)('GET', '/users', undefined, headers)).status;
  };

  /** Statuses of the shop from two addresses and of another shop from the first; a budget is one request a minute. */
  async function asked(rateScope: 'key' | 'address' | 'pair') {
    shop = await openSampleShop({ requestsPerMinute: 1, switches: { rateScope } });
    shop.simulator.createAccount({ name: 'other', apiKey: 'other-key', requestsPerMinute: 1, switches: { rateScope } });
    const calls = [from('10.0.0.1'), from('10.0.0.2'), from('10.0.0.1', 'other-key'), from('10.0.0.1')];
    const statuses = [];
    for (const call of calls) statuses.push(await call());
    return statuses;
  }

  test('a key, wherever it is used', async () => {
    expect(await asked('key')).toEqual([200, 429, 200, 429]);
    expect(rules()).toEqual(['throttled', 'throttled']);
  });

  test('an address, whatever keys it uses; who finds the budget used up by others is not to blame', async () => {
    expect(await asked('address')).toEqual([200, 200, 429, 429]);
    const other = shop.simulator.account('other');
    expect(other.violations()).toEqual([]);
    expect(other.requests()).toMatchObject([{ status: 429, executed: false, fault: 'used-elsewhere' }]);
    expect(rules()).toEqual(['throttled']);
  });

  test('a key at an address', async () => {
    expect(await asked('pair')).toEqual([200, 200, 200, 429]);
  });

  test('without a forwarded address the connection’s counts', async () => {
    shop = await openSampleShop({ requestsPerMinute: 1, switches: { rateScope: 'address' } });
    expect((await shop.call('GET', '/users')).status).toBe(200);
    expect([await from('127.0.0.1')(), await from('10.0.0.1')()]).toEqual([429, 200]);
  });

  test.each([
    ['key', undefined, 1],
    ['key', '10.0.0.9', 1],
    ['pair', undefined, 3],
    ['pair', '10.0.0.1', 1],
    ['address', undefined, 3],
    ['address', '10.0.0.1', 1],
  ] as const)('another program with the key: %s, from %s', async (rateScope, address, left) => {
    shop = await openSampleShop({ requestsPerMinute: 3, switches: { rateScope, rateLimitHeaders: 'present' } });
    shop.control.useKeyElsewhere({ requestsPerMinute: 2, address });
    const statuses = [];
    for (let count = 0; count < 4; count += 1) statuses.push(await from('10.0.0.1')());
    expect(statuses.filter((status) => status === 200)).toHaveLength(left);
    expect(rules()).toEqual(left === 3 ? ['throttled'] : []);
    shop.control.useKeyElsewhere({ requestsPerMinute: 0 });
    expect(await from('10.0.0.1')()).toBe(left === 3 ? 429 : 200);
  });

  test('another program that takes everything leaves nothing', async () => {
    shop = await openSampleShop({ requestsPerMinute: 3 });
    shop.control.useKeyElsewhere({ requestsPerMinute: 60 });
    const refused = await shop.call('GET', '/users');
    expect([refused.status, refused.headers.get('retry-after'), rules()]).toEqual([429, '60', []]);
    expect(() => shop.control.useKeyElsewhere({ requestsPerMinute: -1 })).toThrow(RangeError);
  });
});

describe('faults', () => {
  beforeEach(async () => {
    shop = await openSampleShop();
  });
  const write = () => shop.call('PUT', '/offers/stocks', { warehouse_id: 1, stocks: [{ sku: 'MUG', quantity: 77 }] });
  const stock = () => shop.control.state().offers[0]?.stocks[0]?.quantity;
  const lastRequest = () => shop.control.requests().at(-1);

  test('an HTML error and a reset before execution leave the account untouched', async () => {
    shop.control.addFault({ fault: { kind: 'html-error', status: 502 }, operation: 'PUT /offers/stocks', times: 1 });
    expect(await write()).toMatchObject({ status: 502, text: expect.stringContaining('<html>') });
    expect(lastRequest()).toMatchObject({ executed: false, status: 502, fault: 'html-error' });
    shop.control.addFault({ fault: { kind: 'reset-before' }, times: 1 });
    await expect(write()).rejects.toThrow();
    expect(stock()).toBe('10');
    expect((await write()).status).toBe(202);
  });

  test('a lost and an empty answer hide an executed write', async () => {
    shop.control.addFault({ fault: { kind: 'lost-after' }, times: 1 });
    await expect(write()).rejects.toThrow();
    expect(stock()).toBe('77');
    expect(lastRequest()).toMatchObject({ executed: true, status: 0, fault: 'lost-after' });
    shop.control.addFault({ fault: { kind: 'empty-body' }, times: 1 });
    expect(await write()).toMatchObject({ status: 200, text: '' });
  });

  test('a burst of 429 is no fault of the client', async () => {
    shop.control.addFault({ fault: { kind: 'vendor', name: 'throttle-burst', detail: { ms: 60_000 } }, times: 1 });
    expect([(await write()).status, (await write()).status]).toEqual([429, 429]);
    expect(rules()).toEqual([]);
    shop.control.clearFaults();
    expect((await write()).status).toBe(202);
  });

  test('an error of the API’s own', async () => {
    shop.control.addFault({ fault: { kind: 'vendor', name: 'json-error', detail: { status: 503 } }, times: 1 });
    expect(await write()).toMatchObject({ status: 503, body: { message: 'Server Error' } });
  });

  test('an answer comes late to what was executed at once', async () => {
    shop.control.addFault({ fault: { kind: 'vendor', name: 'late-answer', detail: { ms: 300 } }, times: 1 });
    let answered = false;
    const answer = write().finally(() => (answered = true));
    while (stock() !== '77') await new Promise((resolve) => setTimeout(resolve, 2));
    expect(answered).toBe(false);
    expect((await answer).status).toBe(202);
  });

  test('between two pages anything may happen', async () => {
    for (let count = 0; count < 4; count += 1) shop.control.createOrder({ lines: [] });
    const page = async (number: number) => (await shop.call('GET', `/order?limit=2&page=${number}`)).body.data.map(({ id }: { id: number }) => id);
    shop.control.addFault({ fault: { kind: 'vendor', name: 'pause' }, operation: 'GET /order', exact: true, skip: 1, times: 1 });
    const [, last] = await page(1);
    await shop.call('GET', '/order/status');
    const second = page(2);
    while (shop.control.heldBack() === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    shop.control.createOrder({ lines: [] });
    shop.control.resume();
    expect((await second)[0]).toBe(last);
  });

  test.each([
    ['inserted', [2, 3], 7],
    ['deleted', [4, 5], 5],
    ['reordered', [4, 3], 6],
  ])('a page of a list whose rows were %s meanwhile', async (how, shown, total) => {
    const fault = { kind: 'vendor', name: 'page-drift', detail: { how } } as const;
    shop.control.addFault({ fault, operation: 'GET /offers', exact: true, skip: 1, times: 1 });
    const page = async (number: number) => (await shop.call('GET', `/offers?limit=2&page=${number}`)).body;
    const places = ({ data }: { data: { id: number }[] }) => data.map(({ id }) => id - 1000);
    expect(places(await page(1))).toEqual([1, 2]);
    const drifted = await page(2);
    expect([places(drifted), drifted.total]).toEqual([shown, total]);
    expect(lastRequest()).toMatchObject({ executed: true, status: 200, fault: 'page-drift' });
    expect([places(await page(2)), shop.control.state().offers.length]).toEqual([[3, 4], 6]);
  });

  test('one offer or order is missed by one pass although it is there', async () => {
    const { id } = shop.control.createOrder({ lines: [] });
    const total = async (path: string) => (await shop.call('GET', path)).body.total;
    const totals = () => Promise.all(['/offers/stocks', '/order'].map(total));
    shop.control.missRow({ operation: 'GET /offers/stocks', id: 1001 });
    shop.control.missRow({ operation: 'GET /order', id });
    expect((await shop.call('GET', '/offers/stocks?filter[offers_sku]=MUG')).body.total).toBe(1);
    expect([await totals(), await totals()]).toEqual([[5, 0], [6, 1]]);
    expect((await shop.call('GET', `/order/${id}`)).status).toBe(200);
    shop.control.missRow({ operation: 'GET /order', id, passes: 9 });
    shop.control.clearFaults();
    expect(await totals()).toEqual([6, 1]);
  });

  test('an exact operation is no prefix', async () => {
    shop.control.addFault({ fault: { kind: 'html-error', status: 502 }, operation: 'PUT /offers', exact: true });
    expect((await write()).status).toBe(202);
    expect((await shop.call('PUT', '/offers', { offers: [{ sku: 'MUG', price: 1 }] })).status).toBe(502);
  });

  test('a delayed request is executed late, even if the caller has gone', async () => {
    shop.control.addFault({ fault: { kind: 'delay', ms: 150 }, times: 1 });
    const impatient = fetch(`${shop.simulator.baseUrl}/offers/stocks`, {
      method: 'PUT',
      headers: { authorization: 'Bearer shop-key', 'content-type': 'application/json' },
      body: JSON.stringify({ warehouse_id: 1, stocks: [{ sku: 'MUG', quantity: 77 }] }),
      signal: AbortSignal.timeout(50),
    });
    await expect(impatient).rejects.toThrow();
    expect(stock()).toBe('10');
    while (stock() !== '77') await new Promise((resolve) => setTimeout(resolve, 5));
  });

  test('latency holds requests back', async () => {
    shop.control.configure({ latencyMs: 40 });
    await write();
    expect(lastRequest()?.durationMs).toBeGreaterThan(35);
  });

  test('a pause holds requests back until it ends', async () => {
    const began = performance.now();
    shop.control.pause({ ms: 80 });
    await write();
    expect(performance.now() - began).toBeGreaterThan(75);
    shop.control.pause();
    const waiting = write();
    shop.control.resume();
    expect((await waiting).status).toBe(202);
  });
});

describe('what a well-behaved client never does', () => {
  beforeEach(async () => {
    shop = await openSampleShop();
  });

  test.each(['weight', 'width', 'height', 'length'])('writing %s', async (key) => {
    await shop.call('PUT', '/offers', { offers: [{ sku: 'MUG', [key]: 1 }] });
    expect(shop.control.violations()).toMatchObject([{ rule: 'dimension-write', detail: `PUT /offers: ${key}` }]);
  });

  test('too large a batch', async () => {
    const stocks = Array.from({ length: 10_001 }, () => ({ sku: 'MUG', quantity: 1 }));
    expect((await shop.call('PUT', '/offers/stocks', { warehouse_id: 1, stocks })).status).toBe(422);
    const products = Array.from({ length: 101 }, (_, index) => ({ name: `P${index}` }));
    expect((await shop.call('POST', '/products/import', { products })).status).toBe(422);
    expect(rules()).toEqual(['oversized-batch', 'oversized-batch']);
  });

  test('another content type is not read', async () => {
    const reply = await shop.call('PUT', '/offers', { offers: [{ sku: 'MUG', price: 1 }] }, { 'content-type': 'text/plain' });
    expect([reply.status, rules()]).toEqual([422, ['wrong-content-type']]);
  });
});
