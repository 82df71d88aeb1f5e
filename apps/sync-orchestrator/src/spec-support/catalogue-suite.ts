import { startTestServers, type TestServers } from '@kds/testing';
import { TestCatalogue } from './test-catalogue.js';
import { TestLedger } from './test-ledger.js';

/** Opens a ledger for a suite; each test gets it empty but for the client `shop`, with a catalogue to fill. */
export function catalogueSuite(spec: Readonly<Record<string, unknown>> = {}): { readonly catalogue: () => TestCatalogue; readonly ledger: () => TestLedger } {
  let servers: TestServers;
  let ledger: TestLedger;
  let catalogue: TestCatalogue;
  beforeAll(async () => {
    servers = await startTestServers();
    ledger = await TestLedger.open(servers);
  });
  beforeEach(async () => {
    await ledger.clear();
    await ledger.saveTenant('shop', { prices: { retail: { priceType: '1101300000001001' }, cost: 'balance' }, keycrm: { baseUrl: 'http://127.0.0.1:1', apiKeyRef: { name: 'keys', key: 'keycrm' }, requestsPerMinute: 6_000 }, ...spec });
    catalogue = new TestCatalogue(ledger);
  });
  afterAll(async () => {
    await ledger?.close();
    await servers?.stop();
  });
  return { catalogue: () => catalogue, ledger: () => ledger };
}
