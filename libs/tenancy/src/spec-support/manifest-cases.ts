import { parse } from 'yaml';

const everyMember = `
apiVersion: kds.io/v1alpha1
kind: Tenant
metadata: { name: tea-house, generation: 7, labels: { city: lviv } }
spec:
  mode: pilot
  pilot: { skus: [TEA-1, "4820001"] }
  suspend: true
  pool: big
  timeZone: Europe/Warsaw
  keycrm:
    baseUrl: https://openapi.keycrm.app/v1/
    apiKeyRef: { name: tea-keys, key: crm }
    webhookTokenRef: { name: tea-keys, key: crm-hook }
    requestsPerMinute: 30
  dilovod:
    baseUrl: https://api.dilovod.ua
    apiKeyRef: { name: tea-keys, key: books }
    webhookTokenRef: { name: tea-keys, key: books-hook }
    firm: "1100400000001007"
    business: "1115000000000007"
    currency: "1101200000001007"
    currencies: { USD: "1101200000001008" }
    author: "1000200000001007"
    tradeChanel: "1110300000001007"
    paymentForm: "1110300000001008"
  catalog: { match: sku, overrides: [{ keycrm: GREEN 100, dilovod: GREEN100 }] }
  warehouses:
    - { keycrm: 4, dilovod: "1100700000001004" }
    - { keycrm: 5, dilovod: "1100700000001005", alsoCount: ["1100700000001006"] }
  defaultWarehouse: 5
  stock: { every: 4m, keycrmWritesOffAt: never }
  prices: { every: 90s, retail: { priceType: "1101300000001007" }, cost: balance }
  orders:
    since: 2026-10-01T00:00:00+03:00
    every: 1h
    stages: { ordered: [3, 4], shipped: [5], completed: [6], cancelled: [7], returned: [8] }
    dilovodStates: { ordered: "1111500000001001", shipped: "1111500000001002", completed: "1111500000001003", cancelled: "1111500000001004", returned: "1111500000001005" }
    reserve: auto
    person: endConsumer
    endConsumer: "1100100000001007"
    unmappedLine: skip
    cancelAfterShipment: reverse
    writeBack: { documentField: OR_7, problemField: OR_8 }
  guards: { maxZeroedShare: 0, maxPriceChange: 2, maxPriceChangedShare: 1, minSnapshotShare: 0.9 }
`;

export const leastMembers = `
apiVersion: kds.io/v1alpha1
kind: Tenant
metadata: { name: least }
spec:
  keycrm: { apiKeyRef: { name: k, key: crm } }
  dilovod: { apiKeyRef: { name: k, key: books }, firm: "1100400000001001", currency: "1101200000001001" }
  warehouses: [{ keycrm: 1, dilovod: "1100700000001001" }]
  orders: { since: "2026-11-01T00:00:00Z", stages: { shipped: [15] } }
`;

export type Plain = Record<string, unknown>;

/** `everyMember` with some members set (`spec.stock.every`), or taken away (`undefined`). */
export function manifest(changes: Plain = {}, from = everyMember): Plain {
  const root = parse(from) as Plain;
  for (const [path, value] of Object.entries(changes)) {
    const steps = path.split('.');
    const last = steps.pop() as string;
    const parent = steps.reduce<Plain>((at, step) => at[step] as Plain, root);
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  }
  return root;
}

/** Members set to a value, or taken away, that make `everyMember` one to refuse: with which words, and where they are told if elsewhere. */
export const wrong: readonly (readonly [path: string, value: unknown, reason: RegExp, reportedAt?: string])[] = [
  ['apiVersion', 'kds.io/v1', /write kds.io\/v1alpha1/],
  ['kind', 'Shop', /write Tenant/],
  ['metadata', 'tea', /write a mapping/],
  ['metadata.name', 'Tea_House', /small letters/],
  ['metadata.name', 'a'.repeat(64), /at most 63/],
  ['metadata.name', '-tea', /small letters/],
  ['metadata.colour', 'red', /not a member of the manifest; .*name/],
  ['metadata.name', undefined, /^required: /],
  ['extra', 1, /not a member/],
  ['spec', 'x', /write a mapping/],
  ['spec', [], /write a mapping/],
  ['spec.colour', 'red', /not a member of the manifest; the members here are: mode, pilot/],
  ['spec.mode', 'Live', /write one of: shadow, pilot, live/],
  ['spec.pilot', undefined, /^required by mode: pilot/, 'spec.pilot.skus'],
  ['spec.pilot.skus', [], /^required by mode: pilot/],
  ['spec.pilot.skus', 'TEA-1', /list of texts/],
  ['spec.pilot.skus', [1], /quotes/],
  ['spec.suspend', 'yes', /true or false/],
  ['spec.pool', 'a.b', /small letters/],
  ['spec.pool', '*', /small letters/],
  ['spec.timeZone', 'Europe/Kiyv', /IANA/],
  ['spec.timeZone', '+02:00', /IANA/],
  ['spec.keycrm.apiKeyRef', 'secret-value', /write a mapping/],
  ['spec.keycrm.apiKey', 'secret-value', /not a member/],
  ['spec.keycrm.apiKeyRef', undefined, /^required: /],
  ['spec.keycrm.apiKeyRef', {}, /^required: .*key inside/, 'spec.keycrm.apiKeyRef.key'],
  ['spec.keycrm.apiKeyRef.name', 'Tea Keys', /name of a Secret/],
  ['spec.keycrm.webhookTokenRef', { name: 'k' }, /^required: /, 'spec.keycrm.webhookTokenRef.key'],
  ['spec.keycrm.requestsPerMinute', 0, /whole number from 1/],
  ['spec.keycrm.requestsPerMinute', 1.5, /whole number from 1/],
  ['spec.keycrm.requestsPerMinute', '60', /whole number from 1/],
  ['spec.keycrm.baseUrl', 'openapi.keycrm.app', /whole URL/],
  ['spec.keycrm.baseUrl', 5, /write a text/],
  ['spec.keycrm.baseUrl', 'http://openapi.keycrm.app', /https/],
  ['spec.keycrm.baseUrl', 'ftp://openapi.keycrm.app', /whole URL/],
  ['spec.keycrm.baseUrl', 'https://a:b@openapi.keycrm.app', /without user and password/],
  ['spec.keycrm.baseUrl', 'https://openapi.keycrm.app/?x=1', /without \?/],
  ['spec.keycrm.baseUrl', 'https://evil.example', /host evil.example is not one/],
  ['spec.keycrm.baseUrl', 'http://127.0.0.1:8080', /host 127.0.0.1 is not one/],
  ['spec.dilovod.baseUrl', 'https://api.dilovod.ua.evil.example', /is not one/],
  ['spec.dilovod.firm', 1100400000001007, /16-digit Dilovod id in quotes/],
  ['spec.dilovod.firm', '11004', /16-digit/],
  ['spec.dilovod.firm', undefined, /^required: /],
  ['spec.dilovod.currency', undefined, /^required: /],
  ['spec.dilovod.currencies', { usd: '1101200000001002' }, /three capital letters/],
  ['spec.dilovod.currencies', { USD: 1101200000001002 }, /in quotes/],
  ['spec.dilovod.currencies', ['USD'], /three capital letters/],
  ['spec.dilovod.business', '', /16-digit/],
  ['spec.catalog.match', 'barcode', /write sku/],
  ['spec.catalog.overrides', {}, /list of mappings/],
  ['spec.catalog.overrides', ['x'], /write a mapping/, 'spec.catalog.overrides[0]'],
  ['spec.catalog.overrides', [[]], /list of mappings/],
  ['spec.catalog.overrides', [{ keycrm: 'a', dilovod: 5 }], /quotes/, 'spec.catalog.overrides[0].dilovod'],
  ['spec.catalog.overrides', [{ keycrm: 'a', dilovod: 'x' }, { keycrm: 'a', dilovod: 'y' }], /same as spec.catalog.overrides\[0\].keycrm/, 'spec.catalog.overrides[1].keycrm'],
  ['spec.catalog.overrides', [{ keycrm: 'a', dilovod: 'x' }, { keycrm: 'b', dilovod: 'x' }], /one to one/, 'spec.catalog.overrides[1].dilovod'],
  ['spec.warehouses', [], /^required: map at least one/],
  ['spec.warehouses', [{ keycrm: '5', dilovod: '1100700000001005' }], /whole number, without quotes/, 'spec.warehouses[0].keycrm'],
  ['spec.warehouses', [{ keycrm: 5 }], /^required: /, 'spec.warehouses[0].dilovod'],
  ['spec.warehouses', [{ keycrm: 5, dilovod: '1100700000001005', alsoCount: '1' }], /list of 16-digit/, 'spec.warehouses[0].alsoCount'],
  ['spec.warehouses', [{ keycrm: 5, dilovod: '1100700000001005' }, { keycrm: 5, dilovod: '1100700000001006' }], /one mapping/, 'spec.warehouses[1].keycrm'],
  ['spec.warehouses', [{ keycrm: 5, dilovod: '1100700000001005' }, { keycrm: 6, dilovod: '1100700000001005' }], /counts once/, 'spec.warehouses[1].dilovod'],
  ['spec.warehouses', [{ keycrm: 5, dilovod: '1100700000001005', alsoCount: ['1100700000001005'] }], /counts once/, 'spec.warehouses[0].alsoCount[0]'],
  ['spec.defaultWarehouse', 6, /that spec.warehouses maps/],
  ['spec.stock.every', '10 minutes', /30s, 5m or 1h/],
  ['spec.stock.every', 600, /30s, 5m or 1h/],
  ['spec.stock.every', '0s', /between 1s and 168h/],
  ['spec.stock.every', '169h', /between 1s and 168h/],
  ['spec.stock.every', '500ms', /30s, 5m or 1h/],
  ['spec.stock.keycrmWritesOffAt', 'ordered', /shipped, completed, never/],
  ['spec.prices.retail', '1101300000001007', /write a mapping/],
  ['spec.prices.retail', {}, /^required: /, 'spec.prices.retail.priceType'],
  ['spec.prices.cost', 'fifo', /balance, none/],
  ['spec.orders.since', undefined, /^required: /],
  ['spec.orders.since', '2026-11-01', /with its zone/],
  ['spec.orders.since', '2026-11-01T00:00:00', /with its zone/],
  ['spec.orders.since', '2026-02-30T00:00:00Z', /with its zone/],
  ['spec.orders.since', '2026-11-01T25:00:00Z', /with its zone/],
  ['spec.orders.every', '5', /30s/],
  ['spec.orders.stages', undefined, /^required: /],
  ['spec.orders.stages', { ordered: [], shipped: null }, /^required: /],
  ['spec.orders.stages', { ordered: 12 }, /list of KeyCRM ids/, 'spec.orders.stages.ordered'],
  ['spec.orders.stages', { ordered: ['12'] }, /list of KeyCRM ids/, 'spec.orders.stages.ordered'],
  ['spec.orders.stages', { packed: [12], shipped: [1] }, /members here are: ordered, shipped/, 'spec.orders.stages.packed'],
  ['spec.orders.stages', { ordered: [12], shipped: [12] }, /a status means one stage/, 'spec.orders.stages.shipped[0]'],
  ['spec.orders.stages', { ordered: [12, 12] }, /same as spec.orders.stages.ordered\[0\]/, 'spec.orders.stages.ordered[1]'],
  ['spec.orders.dilovodStates.shipped', 8, /16-digit/],
  ['spec.orders.reserve', true, /off, auto/],
  ['spec.orders.person', 'create', /match, endConsumer/],
  ['spec.orders.endConsumer', undefined, /^required by person: endConsumer/],
  ['spec.orders.unmappedLine', 'drop', /hold, skip/],
  ['spec.orders.cancelAfterShipment', 'delete', /review, return, reverse/],
  ['spec.orders.writeBack.documentField', 'LD_5', /OR_1044/],
  ['spec.orders.writeBack', { documentField: 'OR_1', problemField: 'OR_1' }, /name another field/, 'spec.orders.writeBack.problemField'],
  ['spec.guards.maxZeroedShare', 1.1, /between 0 and 1/],
  ['spec.guards.maxZeroedShare', '30%', /between 0 and 1/],
  ['spec.guards.maxPriceChange', 0, /above 0/],
  ['spec.guards.maxPriceChangedShare', -0.1, /between 0 and 1/],
  ['spec.guards.minSnapshotShare', 2, /between 0 and 1/],
];

/** Members set to another value that is right too. */
export const right: readonly (readonly [path: string, value: unknown])[] = [
  ['spec.orders.reserve', false],
  ['spec.orders.reserve', 'off'],
  ['spec.stock.every', '1s'],
  ['spec.guards.maxPriceChange', 3],
  ['spec.guards.minSnapshotShare', 1],
  ['spec.orders.since', '2024-02-29T10:00:00.5-02:00'],
  ['spec.catalog.overrides', [{ keycrm: 'a', dilovod: 'b' }, { keycrm: 'b', dilovod: 'a' }]],
  ['metadata.resourceVersion', '42'],
  ['status', { conditions: [] }],
];
