import { leastMembers, manifest, right, wrong } from '../spec-support/manifest-cases.js';
import { defaultAllowedHosts, loopbackHosts, parseAllowedHosts, parseTenant, type Problem, secretRefsOf, type Tenant } from '../index.js';

const hosts = { allowedHosts: defaultAllowedHosts };

function problemsOf(plain: unknown, rules = hosts): readonly Problem[] {
  const result = parseTenant(plain, rules);
  return result.ok ? [] : result.error;
}

function tenantOf(plain: unknown, rules = hosts): Tenant {
  const result = parseTenant(plain, rules);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

test('every member arrives, times in milliseconds and moments in UTC', () => {
  const tenant = tenantOf(manifest());
  const { keycrm, stock, prices, orders, ...rest } = tenant.spec;
  expect({ ...tenant, spec: rest }).toMatchObject({
    name: 'tea-house', generation: 7,
    spec: { mode: 'pilot', pilot: { skus: ['TEA-1', '4820001'] }, suspend: true, pool: 'big', timeZone: 'Europe/Warsaw', defaultWarehouse: 5 },
  });
  expect(keycrm).toEqual({
    baseUrl: 'https://openapi.keycrm.app/v1', apiKeyRef: { name: 'tea-keys', key: 'crm' }, webhookTokenRef: { name: 'tea-keys', key: 'crm-hook' }, requestsPerMinute: 30,
  });
  expect(rest.dilovod).toMatchObject({ firm: '1100400000001007', business: '1115000000000007', author: '1000200000001007', tradeChanel: '1110300000001007' });
  expect(rest.warehouses).toEqual([
    { keycrm: 4, dilovod: '1100700000001004', alsoCount: [] },
    { keycrm: 5, dilovod: '1100700000001005', alsoCount: ['1100700000001006'] },
  ]);
  expect(rest.catalog.overrides).toEqual([{ keycrm: 'GREEN 100', dilovod: 'GREEN100' }]);
  expect(stock).toEqual({ everyMs: 240_000, keycrmWritesOffAt: 'never' });
  expect(prices).toEqual({ everyMs: 90_000, retail: { priceType: '1101300000001007' }, cost: 'balance' });
  expect(orders).toMatchObject({
    since: '2026-09-30T21:00:00.000Z', everyMs: 3_600_000, reserve: 'auto', person: 'endConsumer', endConsumer: '1100100000001007',
    unmappedLine: 'skip', cancelAfterShipment: 'reverse', writeBack: { documentField: 'OR_7', problemField: 'OR_8' },
    stages: { ordered: [3, 4], shipped: [5], completed: [6], cancelled: [7], returned: [8] },
  });
  expect(orders.dilovodStates.returned).toBe('1111500000001005');
  expect(rest.guards).toEqual({ maxZeroedShare: 0, maxPriceChange: 2, maxPriceChangedShare: 1, minSnapshotShare: 0.9 });
  expect(secretRefsOf(tenant).map(({ key }) => key)).toEqual(['crm', 'crm-hook', 'books', 'books-hook']);
});

test('what is left out has its default, and nobody is live by omission', () => {
  expect(tenantOf(manifest({}, leastMembers)).spec).toEqual({
    mode: 'shadow', pilot: { skus: [] }, suspend: false, pool: 'shared', timeZone: 'Europe/Kyiv',
    keycrm: { baseUrl: 'https://openapi.keycrm.app/v1', apiKeyRef: { name: 'k', key: 'crm' }, webhookTokenRef: null, requestsPerMinute: 60 },
    dilovod: {
      baseUrl: 'https://api.dilovod.ua', apiKeyRef: { name: 'k', key: 'books' }, webhookTokenRef: null, firm: '1100400000001001',
      business: null, currency: '1101200000001001', currencies: {}, author: null, tradeChanel: null, paymentForm: null,
    },
    catalog: { match: 'sku', overrides: [] },
    warehouses: [{ keycrm: 1, dilovod: '1100700000001001', alsoCount: [] }],
    defaultWarehouse: null,
    stock: { everyMs: 600_000, keycrmWritesOffAt: 'shipped' },
    prices: { everyMs: 120_000, retail: null, cost: 'none' },
    orders: {
      since: '2026-11-01T00:00:00.000Z', everyMs: 300_000,
      stages: { ordered: [], shipped: [15], completed: [], cancelled: [], returned: [] },
      dilovodStates: { ordered: null, shipped: null, completed: null, cancelled: null, returned: null },
      reserve: 'off', person: 'match', endConsumer: null, unmappedLine: 'hold', cancelAfterShipment: 'review',
      writeBack: { documentField: null, problemField: null },
    },
    guards: { maxZeroedShare: 0.3, maxPriceChange: 0.5, maxPriceChangedShare: 0.5, minSnapshotShare: 0.5 },
  });
});

test('null is the same as left out', () => {
  const nulls = { 'spec.mode': null, 'spec.prices': null, 'spec.defaultWarehouse': null, 'spec.dilovod.author': null, 'spec.orders.person': null };
  const left = Object.fromEntries(Object.keys(nulls).map((path) => [path, undefined]));
  expect(tenantOf(manifest(nulls)).spec).toEqual(tenantOf(manifest(left)).spec);
});

test('an empty manifest lists everything that is required, at once', () => {
  expect(problemsOf({}).map(({ path }) => path).sort()).toEqual(
    [
      'apiVersion', 'kind', 'metadata.name', 'spec.dilovod.apiKeyRef', 'spec.dilovod.currency', 'spec.dilovod.firm',
      'spec.keycrm.apiKeyRef', 'spec.orders.since', 'spec.orders.stages', 'spec.warehouses',
    ].sort(),
  );
  expect(problemsOf({}).every(({ reason }) => reason.startsWith('required: '))).toBe(true);
});

test.each(wrong.map(([path, value, reason, reportedAt = path]) => ({ path, value, reason, reportedAt })))('$path: $value is refused', ({ path, value, reason, reportedAt }) => {
  const problems = problemsOf(manifest({ [path]: value }));
  expect(problems).toContainEqual({ path: reportedAt, reason: expect.stringMatching(reason) });
  expect(problems.filter((problem) => problem.path === reportedAt)).toHaveLength(1);
  expect(JSON.stringify(problems)).not.toContain('secret-value');
});

test.each(right)('%s: %j is accepted', (path, value) => {
  expect(problemsOf(manifest({ [path]: value }))).toEqual([]);
});

test('a bare off, which YAML 1.1 reads as false, means off', () => {
  expect(tenantOf(manifest({ 'spec.orders.reserve': false })).spec.orders.reserve).toBe('off');
});

test('mistakes of single members and across members are told together', () => {
  const paths = problemsOf(manifest({ 'spec.stock.every': 'soon', 'spec.defaultWarehouse': 9, 'spec.orders.stages.shipped': [3], 'spec.colour': 1 })).map(({ path }) => path);
  expect(paths.sort()).toEqual(['spec.colour', 'spec.defaultWarehouse', 'spec.orders.stages.shipped[0]', 'spec.stock.every']);
});

test.each([undefined, null, 'text', 5, [], [{}]])('%j is no manifest', (plain) => {
  expect(problemsOf(plain)).toEqual([{ path: '', reason: expect.stringMatching(/write a Tenant manifest/) }]);
});

test.each([
  ['https://a.example.com', ['*.example.com'], true],
  ['https://a.b.Example.com', ['*.example.com'], true],
  ['https://example.com', ['*.example.com'], false],
  ['https://badexample.com', ['*.example.com'], false],
  ['https://example.com:8443/x', ['EXAMPLE.com'], true],
  ['http://example.com', ['example.com'], false],
  ['http://localhost:1', loopbackHosts, true],
  ['http://127.0.0.1:1', loopbackHosts, true],
  ['http://[::1]:1', loopbackHosts, true],
  ['https://openapi.keycrm.app', loopbackHosts, false],
])('base URL %s with %j allowed: %s', (url, allowedHosts, accepted) => {
  const problems = problemsOf(manifest({ 'spec.keycrm.baseUrl': url }), { allowedHosts: [...allowedHosts, 'api.dilovod.ua'] });
  expect(problems.map(({ path }) => path)).toEqual(accepted ? [] : ['spec.keycrm.baseUrl']);
});

test('a default base URL needs to be allowed too', () => {
  expect(problemsOf(manifest({}, leastMembers), { allowedHosts: loopbackHosts }).map(({ path }) => path)).toEqual(['spec.keycrm.baseUrl', 'spec.dilovod.baseUrl']);
});

test("the operator's list is read from one line", () => {
  expect(parseAllowedHosts(' API.example.com, *.example.org,, ')).toEqual(['api.example.com', '*.example.org']);
});

test('the revision is that of what the spec means, not of how it is written', () => {
  const { revision } = tenantOf(manifest());
  expect(tenantOf(manifest({ 'spec.stock.every': '240s', 'metadata.generation': 8 })).revision).toBe(revision);
  expect(tenantOf(manifest({ 'spec.stock.every': '5m' })).revision).not.toBe(revision);
});

test('F7: what nobody sees in a text of the manifest is not part of it', () => {
  const plain = manifest() as { spec: { pilot: { skus: string[] }; catalog: { overrides: unknown[] } } };
  plain.spec.pilot.skus = ['TEA\0-1', '4820001'];
  plain.spec.catalog.overrides = [{ keycrm: 'GREEN\u0007 100', dilovod: 'GREEN100\ud83d' }];
  expect(tenantOf(plain).spec).toMatchObject({ pilot: { skus: ['TEA-1', '4820001'] }, catalog: { overrides: [{ keycrm: 'GREEN 100', dilovod: 'GREEN100\ufffd' }] } });
});
