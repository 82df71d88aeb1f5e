import type { PersonKey } from '@kds/sync-domain';
import { mkdtemp, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandMessage } from '@kds/contracts';
import { createLogger } from '@kds/observability';
import { DirectoryTenantSource, parseTenant, type TenantRecord } from '@kds/tenancy';
import { startTestServers, type TestServers, until } from '@kds/testing';
import { TestLedger } from '../spec-support/test-ledger.js';
import { testSpec } from '../spec-support/test-order.js';
import { saveTenants } from './save-tenants.js';

let servers: TestServers;
let ledger: TestLedger;
beforeAll(async () => {
  servers = await startTestServers();
  ledger = await TestLedger.open(servers);
});
beforeEach(() => ledger.clear());
afterAll(async () => {
  await ledger?.close();
  await servers?.stop();
});

interface Version {
  readonly generation: number;
  readonly uid?: string;
  readonly name?: string;
  readonly changes?: object;
}

function manifest({ generation, uid = 'first', name = 'one', changes = {} }: Version): TenantRecord {
  const read = parseTenant({ apiVersion: 'kds.io/v1alpha1', kind: 'Tenant', metadata: { name, generation }, spec: { ...testSpec, ...changes } }, { allowedHosts: ['127.0.0.1'] });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return { state: 'valid', tenant: { ...read.value, uid } };
}

/** An instance of the orchestrator that follows what it is shown, turn by turn; its log. */
function replica() {
  const lines: { readonly level: string; readonly tenant?: string; readonly msg: string }[] = [];
  const logger = createLogger({ service: 'test', level: 'info', destination: { write: (line) => void lines.push(JSON.parse(line)) } });
  const said = new Set<string>();
  return { lines, follow: (records: readonly TenantRecord[], lookedAt = new Date()) => saveTenants(ledger.database, records, { lookedAt, said, logger }) };
}

const inForce = () => ledger.rows<{ state: string; mode: string; generation: string }>(`select state, spec ->> 'mode' as mode, generation::text from tenants order by name`);
const looks = () => ledger.rows(`select 1 from orders where dirty_since is not null`);
/** What the tenants' documents and keys are is known. */
async function adopt(): Promise<void> {
  await ledger.execute(`update tenants set adopted_at = now()`);
  await ledger.openAccounts();
}
const kinds = (messages: readonly CommandMessage[]) => messages.map(({ command }) => command.kind);

test.each([
  ['suspend', { suspend: true }, { state: 'suspended', mode: 'live' }],
  ['shadow', { mode: 'shadow' }, { state: 'active', mode: 'shadow' }],
])('E3: an instance that missed a %s does not undo it, turn after turn, and says so once', async (_what, changes, expected) => {
  const [fresh, stale] = [replica(), replica()];
  const before = [manifest({ generation: 1 })];
  await stale.follow(before);
  await fresh.follow([manifest({ generation: 2, changes })]);
  await ledger.saveOrder('one', 7);
  await ledger.execute(`update orders set dirty_since = null`);
  for (let turn = 0; turn < 5; turn += 1) await stale.follow(before);
  expect(await inForce()).toEqual([{ ...expected, generation: '2' }]);
  expect(await looks()).toEqual([]);
  expect(stale.lines.filter(({ level }) => level === 'warn').map(({ tenant, msg }) => [tenant, msg.slice(0, 40)])).toEqual([['one', 'the manifest that this instance sees is ']]);
  await stale.follow([manifest({ generation: 3 })]);
  expect(await inForce()).toEqual([{ state: 'active', mode: 'live', generation: '3' }]);
});

test('E3: an instance that missed a tenant does not remove it, and one that missed its end does not bring it back', async () => {
  const stale = replica();
  const lookedAt = new Date();
  await until(() => Date.now() > lookedAt.getTime() + 5, { describe: 'a moment after the last look' });
  const fresh = replica();
  await fresh.follow([manifest({ generation: 1 })]);
  await stale.follow([], lookedAt);
  expect(await inForce()).toMatchObject([{ state: 'active' }]);
  const seen = new Date();
  await until(() => Date.now() > seen.getTime() + 5, { describe: 'a moment after the last look' });
  await fresh.follow([]);
  await stale.follow([manifest({ generation: 1 })], seen);
  expect(await inForce()).toMatchObject([{ state: 'removed' }]);
});

test('E3: a tenant that was deleted and made anew is another one, whatever its generation', async () => {
  const [fresh, stale] = [replica(), replica()];
  const old = [manifest({ generation: 9 })];
  await fresh.follow(old);
  const seen = new Date();
  await until(() => Date.now() > seen.getTime() + 5, { describe: 'a moment after the last look' });
  await fresh.follow([manifest({ generation: 1, uid: 'second', changes: { mode: 'shadow' } })]);
  await stale.follow(old, seen);
  expect(await inForce()).toEqual([{ state: 'active', mode: 'shadow', generation: '1' }]);
  expect(await ledger.row(`select uid from tenants`)).toEqual({ uid: 'second' });
});

test('F7: a manifest that cannot be put in force keeps no other from being followed', async () => {
  const { follow, lines } = replica();
  const broken = manifest({ generation: 1, name: 'a-broken' }) as Extract<TenantRecord, { state: 'valid' }>;
  await follow([{ ...broken, tenant: { ...broken.tenant, spec: { ...broken.tenant.spec, warehouses: [{ keycrm: 1, dilovod: '1', alsoCount: ['1'] }] } } }, manifest({ generation: 1 })]);
  expect(await ledger.rows(`select name, state from tenants order by name`)).toEqual([{ name: 'one', state: 'active' }]);
  expect(lines).toMatchObject([{ level: 'error', tenant: 'a-broken' }]);
});

describe('E3 D4: what waits in a lane when its tenant', () => {
  async function writeWaits(): Promise<void> {
    await replica().follow([manifest({ generation: 1 })]);
    await adopt();
    await ledger.saveOrder('one', 7);
    await ledger.syncOrders();
    await ledger.enqueue({ tenant: 'one', system: 'dilovod', subject: 'person:phone:+380501112233', command: { kind: 'create-person', key: 'phone:+380501112233' as PersonKey, name: 'Н', phone: '+380501112233', phones: ['+380501112233'], email: null }, priority: 0 });
    await ledger.enqueue({ tenant: 'one', system: 'keycrm', subject: 'stocks:1', command: { kind: 'write-stocks', warehouseId: 1, rows: [] }, priority: 10 });
    await ledger.enqueue({ tenant: 'one', system: 'keycrm', subject: 'catalogue', command: { kind: 'list-stocks', page: 1, skus: null }, priority: 20 });
  }
  const waiting = async () => (await ledger.rows<{ kind: string }>(`select kind from commands where state = 'pending' order by kind`)).map(({ kind }) => kind);
  const leaves = async () => kinds(await ledger.dispatchAll({ outcome: 'unknown', failure: { code: 'timeout', message: 'm' } }));

  test.each([['becomes shadow', { mode: 'shadow' }], ['is suspended', { suspend: true }]])('%s does not leave, and is decided anew when it is live again', async (_what, changes) => {
    await writeWaits();
    await replica().follow([manifest({ generation: 2, changes })]);
    expect(await waiting()).toEqual(['list-stocks']);
    await ledger.syncOrders();
    expect((await leaves()).filter((kind) => kind !== 'list-stocks')).toEqual([]);
    await replica().follow([manifest({ generation: 3 })]);
    await ledger.syncOrders();
    expect(kinds(await ledger.dispatch())).toContain('save-sale-order');
  });

  test('becomes shadow just as an instance that has not heard of it asks for a write', async () => {
    await writeWaits();
    // What the look of that instance leaves behind comes after the new manifest is in force.
    await replica().follow([manifest({ generation: 2, changes: { mode: 'shadow' } })]);
    await ledger.execute(`update commands set state = 'pending' where state = 'superseded'`);
    expect(kinds([...(await ledger.dispatch()), ...(await ledger.dispatch())])).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(save|create|write)/)]));
    expect(await waiting()).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(save|create|write)/)]));
  });

  test('goes on again waits for the look under the present manifest', async () => {
    await writeWaits();
    const [message] = await ledger.dispatch();
    if (message?.command.kind !== 'save-sale-order') throw new Error('another command was first');
    await replica().follow([manifest({ generation: 2, changes: { suspend: true } })]);
    await ledger.settle(message, { outcome: 'failed', failure: { code: 'too-late', message: 'm' } });
    await ledger.execute(`update commands set not_before = now()`);
    await replica().follow([manifest({ generation: 3, changes: { mode: 'pilot', pilot: { skus: ['OTHER'] } } })]);
    await ledger.execute(`update commands set state = 'pending' where kind = 'save-sale-order'`);
    expect(kinds(await ledger.dispatch())).not.toContain('save-sale-order');
    await ledger.syncOrders();
    await ledger.execute(`update commands set not_before = now()`);
    expect(kinds(await ledger.dispatch())).not.toContain('save-sale-order');
    expect(await ledger.row(`select reason from orders`)).toEqual({ reason: 'not-in-pilot' });
  });
});

describe('E3: of processes that read one folder', () => {
  let folder: string;
  const open: DirectoryTenantSource[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tenants-'));
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((source) => source.close()));
    await rm(folder, { recursive: true });
  });

  const file = () => join(folder, 'one.json');
  const text = (mode: string) => JSON.stringify({ apiVersion: 'kds.io/v1alpha1', kind: 'Tenant', metadata: { name: 'one' }, spec: { ...testSpec, mode } });
  const modeSeen = (source: DirectoryTenantSource) => source.find('one')?.spec.mode;

  async function start(): Promise<DirectoryTenantSource> {
    const source = new DirectoryTenantSource({ directory: folder, allowedHosts: ['127.0.0.1'], log: ledger.logger, everyMs: 50, settleMs: 20 });
    open.push(source);
    await source.start();
    return source;
  }

  test('one that stopped looking is overruled, and a file that is put back with its old time counts as new', async () => {
    await writeFile(file(), text('live'));
    await writeFile(join(folder, '.kept'), await readFile(file()));
    await utimes(join(folder, '.kept'), new Date('2020-01-01'), new Date('2020-01-01'));
    const [fresh, stale] = [await start(), await start()];
    const before = stale.tenants();
    const [first, second] = [replica(), replica()];
    await first.follow(fresh.tenants());
    await writeFile(file(), text('shadow'));
    await until(() => modeSeen(fresh) === 'shadow', { describe: 'the change to be seen' });
    await first.follow(fresh.tenants());
    await second.follow(before);
    expect(await inForce()).toMatchObject([{ mode: 'shadow' }]);
    await rename(join(folder, '.kept'), file());
    await until(() => modeSeen(fresh) === 'live', { describe: 'the old file to be seen' });
    await first.follow(fresh.tenants());
    expect(await inForce()).toMatchObject([{ mode: 'live' }]);
    // A process that starts now says the same, and changes nothing.
    await replica().follow((await start()).tenants());
    await second.follow(before);
    expect(await inForce()).toMatchObject([{ mode: 'live' }]);
  });

  test('a file that was put back while nobody looked counts as new, too', async () => {
    await writeFile(file(), text('live'));
    await writeFile(join(folder, '.kept'), await readFile(file()));
    await utimes(join(folder, '.kept'), new Date('2020-01-01'), new Date('2020-01-01'));
    await writeFile(file(), text('shadow'));
    await replica().follow((await start()).tenants());
    await rename(join(folder, '.kept'), file());
    await replica().follow((await start()).tenants());
    expect(await inForce()).toMatchObject([{ mode: 'live' }]);
  });
});
