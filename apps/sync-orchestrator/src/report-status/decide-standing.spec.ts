import { testSpec } from '../spec-support/test-order.js';
import { parseTenant, type TenantSpec } from '@kds/tenancy';
import { decideStanding, type Standing } from './decide-standing.js';
import type { LaneFacts, TenantFacts } from './tenant-facts.js';

const now = new Date('2026-11-26T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const justNow = { orders: minutesAgo(1), stock: minutesAgo(1), prices: minutesAgo(1) };

function spec(changes: object = {}): TenantSpec {
  const parsed = parseTenant({ apiVersion: 'kds.io/v1alpha1', kind: 'Tenant', metadata: { name: 'shop' }, spec: { ...testSpec, pool: 'big', ...changes } }, { allowedHosts: ['127.0.0.1'] });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value.spec;
}

const live = spec({ mode: 'live', prices: { retail: { priceType: '1101300000001001' } } });
const good: TenantFacts = {
  name: 'shop', revision: 'r', state: 'active', problems: [], firmTakenBy: null, firmAlsoOf: [], spec: live, changedAt: minutesAgo(600), lanes: [], proved: justNow,
  heldOrders: [], heldRuns: [], drift: 0, requests: null, declaredPerMinute: null, waitingCommands: 0, inFlight: 0, refusedReadings: [], stockUnshown: false, handled: [],
};
const lane = (system: LaneFacts['system'], trouble: string, failures: number): LaneFacts => ({ system, trouble, failures });
const heldStock = { flow: 'stock', reason: 'too-many-zeroed', message: 'The run would set 8 of 10 SKUs to zero.' } as const;

const table: readonly (readonly [what: string, facts: Partial<TenantFacts>, standing: Partial<Standing>, words?: RegExp])[] = [
  ['in step, live', {}, { ready: true, reason: 'InStep', course: 'steady' }, /proved in step/],
  ['in step, shadow', { spec: spec({ mode: 'shadow' }) }, { ready: true, reason: 'InStep' }, /nothing is written in shadow/],
  ['in step, pilot', { spec: spec({ mode: 'pilot', pilot: { skus: ['A'] } }) }, { ready: true, reason: 'InStep' }, /pilot SKUs/],
  ['in step with held orders and a held run that is not late yet', { heldOrders: [{ reason: 'sku-unknown', count: 3, first: '5' }], heldRuns: [heldStock] }, { ready: true, reason: 'InStep' }],
  ['a refused manifest', { state: 'invalid', problems: [{ path: 'spec.mode', reason: 'write one of' }, { path: '', reason: 'x' }] }, { ready: false, reason: 'InvalidManifest', course: 'stuck' }, /^spec.mode: write one of; x$/],
  ['a refused manifest that never was valid', { state: 'invalid', problems: [{ path: 'a', reason: 'b' }], spec: null, proved: { orders: null, stock: null, prices: null } }, { reason: 'InvalidManifest' }],
  ['suspended, whatever else', { state: 'suspended', lanes: [lane('keycrm', 'bad-key', 1)], proved: { ...justNow, stock: minutesAgo(900) } }, { ready: false, reason: 'Suspended', course: 'steady' }],
  ['a rejected key', { lanes: [lane('dilovod', 'bad-key', 1)] }, { ready: false, reason: 'KeyRejected', course: 'stuck' }, /^Dilovod refuses the key dilovod of the Secret keys:/],
  ['a reading refused', { refusedReadings: [{ flow: 'goods', message: 'the API role may not use catalogs.goods' }] }, { ready: false, reason: 'ReadingRefused', course: 'stuck' }, /^goods: the API role/],
  ['both keys rejected', { lanes: [lane('dilovod', 'bad-key', 1), lane('keycrm', 'bad-key', 9)] }, { reason: 'KeyRejected' }, /Dilovod refuses.*; KeyCRM refuses/],
  ['a rejected key beside an outage', { lanes: [lane('dilovod', 'timeout', 30), lane('keycrm', 'bad-key', 1)] }, { reason: 'KeyRejected' }, /^KeyCRM/],
  ['no Secret yet', { lanes: [lane('keycrm', 'tenant-not-ready', 2)] }, { ready: true, reason: 'InStep' }],
  ['no Secret', { lanes: [lane('keycrm', 'tenant-not-ready', 3)] }, { ready: false, reason: 'KeysMissing', course: 'stuck' }, /keycrm-gateway of pool big finds no key/],
  ['no gateway', { lanes: [lane('keycrm', 'lease-expired', 3)] }, { ready: false, reason: 'GatewaySilent', course: 'going-on' }, /pool big/],
  ['two bad answers', { lanes: [lane('keycrm', 'server-error', 2)] }, { ready: true }],
  ['an outage', { lanes: [lane('keycrm', 'server-error', 3)] }, { ready: false, reason: 'Outage', course: 'going-on' }, /KeyCRM does not answer as it should \(server-error\)/],
  ['another\'s firm', { state: 'invalid', firmTakenBy: 'first', problems: [{ path: 'spec.dilovod.firm', reason: 'first has it' }] }, { ready: false, reason: 'FirmTaken', course: 'stuck' }, /^spec.dilovod.firm: first has it$/],
  ['a page where JSON was expected', { lanes: [lane('dilovod', 'html', 3)] }, { reason: 'Outage' }, /\(html\)/],
  ['a limit that others use too', { lanes: [lane('keycrm', 'throttled', 3)], requests: { left: 0, perMinute: 20 }, declaredPerMinute: 60 }, { ready: true }],
  ['a throttle that does not end', { lanes: [lane('keycrm', 'throttled', 3)] }, { reason: 'Outage' }],
  ['gateways that were replaced', { lanes: [lane('keycrm', 'taken-over', 8)] }, { ready: true }],
  ['stock not proved for three intervals', { proved: { ...justNow, stock: minutesAgo(31) } }, { ready: false, reason: 'NotProved', course: 'going-on' }, /stock at 2026-11-26T11:29:00.000Z; /],
  ['stock not proved for not quite so long', { proved: { ...justNow, stock: minutesAgo(29) } }, { ready: true }],
  ['prices every two minutes are not late before a quarter of an hour', { proved: { ...justNow, prices: minutesAgo(14) } }, { ready: true }],
  ['prices late', { proved: { ...justNow, prices: minutesAgo(16) } }, { reason: 'NotProved' }, /prices at/],
  ['never proved, for long', { proved: { ...justNow, orders: null } }, { reason: 'NotProved' }, /orders never/],
  ['a manifest that changed a moment ago has time', { proved: { ...justNow, stock: minutesAgo(900) }, changedAt: minutesAgo(1) }, { ready: true }],
  ['a run held for long', { proved: { ...justNow, stock: minutesAgo(90) }, heldRuns: [heldStock] }, { ready: false, reason: 'RunHeld', course: 'stuck' }, /the stock run is held: The run would set 8/],
  ['starting', { proved: { orders: null, stock: null, prices: null }, changedAt: minutesAgo(1) }, { ready: false, reason: 'Starting', course: 'going-on' }, /orders, stock, prices$/],
  ['prices that are not synced are not waited for', { spec: spec({ prices: { retail: null } }), proved: { ...justNow, prices: null } }, { ready: true }],
];

it.each(table.map(([what, facts, standing, words = /./]) => ({ what, facts, standing, words })))('$what', ({ facts, standing, words }) => {
  const decided = decideStanding({ ...good, ...facts }, now);
  expect(decided).toMatchObject(standing);
  expect(decided.message).toMatch(words);
});

it('says the same as long as nothing changes', () => {
  const facts = { ...good, proved: { ...justNow, stock: minutesAgo(60) } };
  expect(decideStanding(facts, new Date(now.getTime() + 3_600)).message).toBe(decideStanding(facts, now).message);
});
