import { existsSync, readFileSync } from 'node:fs';
import { defaultAllowedHosts, type Manifests, readManifests, type TenantRecord } from '../index.js';

const example = new URL('../../../../../shared/contract/tenant.example.yaml', import.meta.url);

function tenant(name: string, more = ''): string {
  return `
apiVersion: kds.io/v1alpha1
kind: Tenant
metadata: { name: ${name} }
spec:
  keycrm: { apiKeyRef: { name: k, key: crm } }
  dilovod: { apiKeyRef: { name: k, key: books }, firm: "1100400000001001", currency: "1101200000001001" }
  warehouses: [{ keycrm: 1, dilovod: "1100700000001001" }]
  orders: { since: "2026-11-01T00:00:00Z", stages: { shipped: [15] } }
${more}`;
}

function read(text: string): Manifests {
  return readManifests({ text, file: 'a.yaml' }, { allowedHosts: defaultAllowedHosts });
}

function problemsOf(records: readonly TenantRecord[]): readonly string[] {
  return records.flatMap((record) => (record.state === 'invalid' ? record.problems.map(({ path, reason }) => `${path}|${reason}`) : []));
}

const names = (records: readonly TenantRecord[]): unknown[] => records.map((record) => [record.state, record.state === 'valid' ? record.tenant.name : record.name]);

test('any number of documents; empty ones are nothing', () => {
  const found = read(`---\n# first\n---${tenant('a')}\n---${tenant('b')}\n---\n`);
  expect(names(found.tenants)).toEqual([['valid', 'a'], ['valid', 'b']]);
  expect(read('')).toEqual({ tenants: [], secrets: [], readable: true });
});

test('JSON is read the same way', () => {
  expect(read('{ "kind": "Secret", "metadata": { "name": "k" }, "stringData": { "crm": "x" } }').secrets[0]?.values.get('crm')?.reveal()).toBe('x');
});

test('bare off is a text in YAML 1.2 and false in 1.1; both mean off', () => {
  const text = tenant('a').replace('orders: {', 'orders: { reserve: off,');
  for (const found of [read(text), read(`%YAML 1.1\n---${text}`)]) expect(problemsOf(found.tenants)).toEqual([]);
});

test('one wrong document leaves the others alone', () => {
  const found = read(`${tenant('a', '  mode: loud')}\n---${tenant('b')}\n---\nkind: Deployment\n---\njust text\n---\nmetadata: {}\n`);
  expect(names(found.tenants)).toEqual([['invalid', 'a'], ['valid', 'b'], ['invalid', undefined], ['invalid', undefined], ['invalid', undefined]]);
  expect(problemsOf(found.tenants)).toEqual([
    'spec.mode|write one of: shadow, pilot, live',
    expect.stringMatching(/^kind\|Deployment is not a kind that is read here; write Tenant or Secret/),
    expect.stringMatching(/^\|write manifests only/),
    expect.stringMatching(/^kind\|required; write Tenant or Secret/),
  ]);
});

test.each([
  ['a repeated key', `${tenant('a')}  mode: live\n  mode: shadow\n`, /line 11, column 3: duplicate key/],
  ['an open quote', tenant('a', '  mode: "live'), /not readable as YAML at line/],
  ['an alias to nothing', tenant('a', '  mode: *none'), /not readable as YAML/],
])('%s is told with its place, and with the name that can be made out', (_, text, reason) => {
  const found = read(text);
  expect(names(found.tenants)).toEqual([['invalid', 'a']]);
  expect(problemsOf(found.tenants)).toContainEqual(expect.stringMatching(reason));
  expect(found.readable).toBe(false);
});

test('aliases that multiply are refused, not followed', () => {
  const lines = ['a: &l0 [x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 9; level += 1) lines.push(`b${level}: &l${level} [${Array(9).fill(`*l${level - 1}`).join(', ')}]`);
  expect(problemsOf(read(lines.join('\n')).tenants)).toEqual([expect.stringMatching(/not readable as YAML/)]);
});

const secret = (body: string): string => `apiVersion: v1\nkind: Secret\nmetadata: { name: k }\n${body}\n`;

test('a secret is read from stringData and data; stringData wins; line breaks at the end go', () => {
  const [found] = read(secret(`stringData: { one: plain, both: text }\ndata: { two: ${Buffer.from('coded\n').toString('base64')}, both: YmFzZQ== }`)).secrets;
  expect([...(found?.values ?? [])].map(([key, value]) => [key, value.reveal()])).toEqual(expect.arrayContaining([['one', 'plain'], ['two', 'coded'], ['both', 'text']]));
  expect(JSON.stringify([...(found?.values ?? [])])).not.toMatch(/plain|coded|text/);
});

test.each([
  ['no name', 'kind: Secret\nstringData: { key: hush }', /metadata.name\|a Secret needs a name/],
  ['a number', secret('stringData: { key: 4711 }'), /stringData.key\|in Secret k: write the value as a text in quotes/],
  ['no base64', secret('data: { key: "hush hush!" }'), /data.key\|in Secret k: .*base64/],
  ['a list', secret('data: [hush]'), /data\|in Secret k: write a mapping/],
  ['broken syntax', secret('stringData: { key: "hush" hush: }'), /not readable as YAML/],
  ['an unquoted value that is no text', secret('stringData:\n  key: @hush'), /not readable as YAML/],
])('a secret with %s is a problem that does not tell it', (_, text, reason) => {
  const found = read(text);
  expect(problemsOf(found.tenants)).toContainEqual(expect.stringMatching(reason));
  expect(JSON.stringify(found)).not.toMatch(/hush|4711/);
  expect(found.secrets).toEqual([]);
});

const whenThere = existsSync(example) ? test : test.skip;

whenThere('the agreed example is valid (skipped where the contract is not beside the repository)', () => {
  const found = read(readFileSync(example, 'utf8'));
  expect(problemsOf(found.tenants)).toEqual([]);
  expect(found.tenants[0]).toMatchObject({ tenant: { name: 'yoga-shop', spec: { orders: { everyMs: 300_000, reserve: 'off' } } } });
  expect([...(found.secrets[0]?.values.keys() ?? [])]).toHaveLength(4);
});
