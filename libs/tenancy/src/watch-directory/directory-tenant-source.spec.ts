import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until as eventually } from '@kds/testing';
import { defaultAllowedHosts, DirectoryTenantSource, nameOf, type TenantChange } from '../index.js';

let directory: string;
let source: DirectoryTenantSource;
let changes: TenantChange[];
let logged: { readonly level: string; readonly fields: object; readonly message: string }[];
let check: () => void;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tenants-'));
  changes = [];
  logged = [];
  check = () => {};
});

afterEach(async () => {
  await source.close();
  await rm(directory, { recursive: true });
});

function open(path = directory): DirectoryTenantSource {
  const at = (level: string) => (fields: object, message: string) => {
    logged.push({ level, fields, message });
    check();
  };
  source = new DirectoryTenantSource({
    directory: path, allowedHosts: defaultAllowedHosts, log: { debug: at('debug'), warn: at('warn'), error: at('error') }, everyMs: 100, settleMs: 50,
  });
  source.onChange((change) => {
    changes.push(change);
    check();
  });
  return source;
}

const summary = (): string[] => changes.map((change) => `${change.kind} ${'tenant' in change ? change.tenant.name : change.name}`);

function until(condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    check = () => condition() && resolve();
    check();
  });
}

async function heard(...expected: readonly string[]): Promise<void> {
  await until(() => expected.every((line) => summary().includes(line)));
  expect(summary().sort()).toEqual([...expected].sort());
  changes = [];
}

function tenant(name: string, mode = 'shadow'): string {
  return `
apiVersion: kds.io/v1alpha1
kind: Tenant
metadata: { name: ${name} }
spec:
  mode: ${mode}
  keycrm: { apiKeyRef: { name: ${name}-keys, key: crm } }
  dilovod: { apiKeyRef: { name: ${name}-keys, key: books }, firm: "1100400000001001", currency: "1101200000001001" }
  warehouses: [{ keycrm: 1, dilovod: "1100700000001001" }]
  orders: { since: "2026-11-01T00:00:00Z", stages: { shipped: [15] } }
`;
}

const keys = (name: string, value: string): string => `apiVersion: v1\nkind: Secret\nmetadata: { name: ${name}-keys }\nstringData: { crm: "${value}" }\n`;
const put = (name: string, text: string): Promise<void> => writeFile(join(directory, name), text);

test('finds tenants in files and folders, and leaves hidden ones and other files out', async () => {
  await put('a.yaml', `${tenant('a')}---\n${keys('a', 'hush')}`);
  await mkdir(join(directory, 'more/.hidden'), { recursive: true });
  await put('more/b.yml', tenant('b'));
  await put('more/c.json', JSON.stringify({ kind: 'Secret', metadata: { name: 'b-keys' }, data: { crm: 'aHVzaA==' } }));
  await put('more/.hidden/d.yaml', tenant('d'));
  await put('.e.yaml', tenant('e'));
  await put('read.me', tenant('f'));
  await open().start();
  await heard('added a', 'added b');
  expect(source.find('a')?.spec.mode).toBe('shadow');
  expect(source.find('nobody')).toBeUndefined();
  expect(source.secret({ name: 'b-keys', key: 'crm' })?.reveal()).toBe('hush');
  expect(source.secret({ name: 'b-keys', key: 'other' })).toBeUndefined();
  expect(JSON.stringify([source.tenants(), source.secret({ name: 'a-keys', key: 'crm' })])).not.toContain('hush');
});

test('hears of every change, one tenant at a time', async () => {
  await put('a.yaml', `${tenant('a')}---\n${keys('a', 'one')}`);
  await put('b.yaml', tenant('b'));
  await open().start();
  await heard('added a', 'added b');
  await put('b.yaml', tenant('b', 'live'));
  await heard('changed b');
  await put('a.yaml', `${tenant('a')}---\n${keys('a', 'two')}`);
  await heard('secret-changed a');
  expect(source.secret({ name: 'a-keys', key: 'crm' })?.reveal()).toBe('two');
  await put('c.yaml', tenant('c'));
  await heard('added c');
  await rm(join(directory, 'b.yaml'));
  await heard('removed b');
  expect(source.find('b')).toBeUndefined();
});

test('a tenant whose manifest breaks stops, alone, and goes on when it is mended', async () => {
  await put('a.yaml', tenant('a'));
  await put('b.yaml', tenant('b'));
  await open().start();
  await heard('added a', 'added b');
  await put('a.yaml', tenant('a', 'loud'));
  await heard('invalid a');
  expect(source.find('a')).toBeUndefined();
  expect(logged.at(-1)).toMatchObject({ level: 'error', fields: { tenant: 'a', file: join(directory, 'a.yaml') }, message: expect.stringMatching(/a\.yaml: spec\.mode: write one of/) });
  await put('a.yaml', tenant('a'));
  await heard('added a');
  expect(source.find('b')).toBeDefined();
});

test('every tenant of a file that can no longer be read stops, also those that can not be made out in it', async () => {
  await put('ab.yaml', `${tenant('a')}---${tenant('b')}`);
  await put('c.yaml', tenant('c'));
  await open().start();
  await heard('added a', 'added b', 'added c');
  await put('ab.yaml', `${tenant('a')}  mode: "li`);
  await heard('invalid a', 'invalid b');
  expect(source.tenants().map((record) => [record.state, nameOf(record)])).toEqual(expect.arrayContaining([['invalid', 'a'], ['invalid', 'b'], ['valid', 'c']]));
  await put('ab.yaml', tenant('a'));
  await heard('added a', 'removed b');
});

test('a tenant that stands in two places is invalid in both, until one is left', async () => {
  await put('a.yaml', tenant('a'));
  await open().start();
  await heard('added a');
  await put('copy.yaml', tenant('a', 'live'));
  await until(() => changes.length === 2);
  expect(changes).toEqual([
    { kind: 'invalid', name: 'a', file: join(directory, 'a.yaml'), problems: [{ path: 'metadata.name', reason: expect.stringMatching(/also stands in .*copy\.yaml/) }] },
    { kind: 'invalid', name: 'a', file: join(directory, 'copy.yaml'), problems: [{ path: 'metadata.name', reason: expect.stringMatching(/also stands in .*a\.yaml/) }] },
  ]);
  changes = [];
  await rm(join(directory, 'a.yaml'));
  await heard('added a');
  expect(source.find('a')?.spec.mode).toBe('live');
});

test('a Secret that stands in two places is used from neither', async () => {
  await put('a.yaml', `${tenant('a')}---\n${keys('a', 'one')}`);
  await open().start();
  await heard('added a');
  await put('copy.yaml', keys('a', 'two'));
  await heard('invalid undefined', 'secret-changed a');
  expect(source.secret({ name: 'a-keys', key: 'crm' })).toBeUndefined();
  expect(JSON.stringify([logged, changes])).not.toMatch(/"(one|two)"/);
});

test('a file caught half-written, and whole at the next look, is not reported', async () => {
  await put('a.yaml', `${tenant('a')}  mode: "li`);
  const started = open().start();
  await put('a.yaml', tenant('a'));
  await started;
  await heard('added a');
});

test('the directory may be missing at first, and may go', async () => {
  const later = join(directory, 'later');
  await open(later).start();
  expect(source.tenants()).toEqual([]);
  expect(logged).toEqual([{ level: 'warn', fields: { directory: later }, message: expect.stringMatching(/no such directory/) }]);
  await mkdir(later);
  await put('later/a.yaml', tenant('a'));
  await heard('added a');
  await rm(later, { recursive: true });
  await heard('removed a');
});

test('follows links as Kubernetes swaps them, and none that lead in circles or nowhere', async () => {
  await mkdir(join(directory, '..v1'));
  await mkdir(join(directory, '..v2'));
  await put('..v1/a.yaml', tenant('a'));
  await put('..v2/a.yaml', tenant('a', 'live'));
  await symlink('..v1', join(directory, '..data'));
  await symlink('..data/a.yaml', join(directory, 'a.yaml'));
  await symlink('.', join(directory, 'circle'));
  await symlink('self.yaml', join(directory, 'self.yaml'));
  await symlink('nowhere', join(directory, 'b.yaml'));
  await open().start();
  await heard('added a');
  await symlink('..v2', join(directory, '..new'));
  await rename(join(directory, '..new'), join(directory, '..data'));
  await heard('changed a');
});

test('text beyond all nesting is a problem of that file only', async () => {
  await put('a.yaml', tenant('a'));
  await put('deep.yaml', '['.repeat(200_000));
  await open().start();
  await heard('added a', 'invalid undefined');
});

test('a listener that fails does not keep others from hearing, and a listener can leave', async () => {
  await put('a.yaml', tenant('a'));
  open();
  const leave = source.onChange(() => {
    throw new Error('oops');
  });
  const later: TenantChange[] = [];
  source.onChange((change) => {
    later.push(change);
    check();
  });
  await source.start();
  expect(later).toHaveLength(1);
  expect(logged).toMatchObject([{ level: 'error', message: 'a listener to tenant changes failed' }]);
  leave();
  await put('a.yaml', tenant('a', 'live'));
  await until(() => later.length === 2);
  expect(logged).toHaveLength(1);
});

test('says when it last saw the directory', async () => {
  open();
  expect(source.lastLook()).toBeUndefined();
  await source.start();
  const first = source.lastLook()?.getTime() ?? NaN;
  expect(Date.now() - first).toBeLessThan(5_000);
  await eventually(() => (source.lastLook()?.getTime() ?? 0) > first, { describe: 'another look' });
});
