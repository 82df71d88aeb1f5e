import { parseTenant, type TenantSpec } from '@kds/tenancy';
import { testSpec } from '../spec-support/test-order.js';
import { flows } from './flows.js';

function specWith(changes: Readonly<Record<string, unknown>>): TenantSpec {
  const read = parseTenant({ apiVersion: 'kds.io/v1alpha1', kind: 'Tenant', metadata: { name: 'shop' }, spec: { ...testSpec, ...changes } }, { allowedHosts: ['127.0.0.1'] });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value.spec;
}

const minutes = (flow: string, spec: TenantSpec) => (flows[flow]?.everyMs(spec) ?? Number.NaN) / 60_000;
const retail = { priceType: '1101300000001001' };

test('B1: balances every ten minutes and prices every two unless told otherwise', () => {
  const spec = specWith({ prices: { retail, cost: 'none' } });
  expect([minutes('stock', spec), minutes('prices', spec)]).toEqual([10, 2]);
});

test('B1: each as often as the client says, and balances as often as the cost that they carry', () => {
  const spec = specWith({ stock: { every: '4m' }, prices: { every: '3m', retail, cost: 'none' } });
  expect([minutes('stock', spec), minutes('prices', spec)]).toEqual([4, 3]);
  expect(minutes('stock', specWith({ stock: { every: '4m' }, prices: { every: '3m', retail, cost: 'balance' } }))).toBe(3);
  expect(minutes('prices', specWith({ prices: { retail: null, cost: 'balance' } }))).toBeNaN();
});

test('B1: one request asks for the balances of every storage, one for the prices', () => {
  const spec = specWith({ warehouses: [{ keycrm: 1, dilovod: '1100700000000001', alsoCount: ['1100700000000009'] }, { keycrm: 2, dilovod: '1100700000000002' }], prices: { retail, cost: 'balance' } });
  const start = (flow: string) => flows[flow]?.start({ spec, now: new Date(), cursor: {}, proved: true }).map(({ command }) => command);
  expect(start('stock')).toEqual([{ kind: 'read-balances', storages: ['1100700000000001', '1100700000000009', '1100700000000002'] }]);
  expect(start('prices')).toEqual([{ kind: 'read-prices', priceType: retail.priceType }]);
});
