import { type AccountsAnswer, accountsSubject, eventSubjects, type KeyChange } from '@kds/contracts';
import { Secret, type Tenant, type TenantChange } from '@kds/tenancy';
import { accountFingerprint } from './account-fingerprint.js';
import { TenantAccounts } from './tenant-accounts.js';

const baseUrl = 'https://openapi.keycrm.app/v1';

function tenant(name: string, pool = 'shared'): Tenant {
  return {
    name,
    revision: 'r',
    spec: { pool, keycrm: { baseUrl, apiKeyRef: { name, key: 'api' } } },
  } as unknown as Tenant;
}

/** A gateway of one pool that follows some tenants; what it says, and its answer to a question. */
function gateway({
  tenants,
  keys,
  pools = ['shared'],
}: {
  readonly tenants: readonly Tenant[];
  readonly keys: Record<string, string>;
  readonly pools?: readonly string[];
}) {
  const said: KeyChange[] = [];
  const answers = new Map<string, (question: unknown) => object | undefined>();
  const listeners: ((change: TenantChange) => void)[] = [];
  const source = {
    tenants: () => tenants.map((one) => ({ state: 'valid', tenant: one }) as const),
    find: (name: string) => tenants.find((one) => one.name === name),
    secret: ({ name }: { readonly name: string }) => (keys[name] === undefined ? undefined : new Secret(keys[name])),
    onChange: (listener: (change: TenantChange) => void) => {
      listeners.push(listener);
      return () => {};
    },
  };
  const bus = {
    publish: async (subject: string, message: object) =>
      void (subject === eventSubjects.keyChange && said.push(message as KeyChange)),
    answer: (subject: string, answer: (question: unknown) => object | undefined) => void answers.set(subject, answer),
  };
  new TenantAccounts({ system: 'keycrm', tenants: source, pools, bus, log: { warn: () => {} } }).start();
  const ask = (...names: readonly string[]) =>
    (answers.get(accountsSubject('keycrm'))?.({ tenants: names }) as AccountsAnswer | undefined)?.accounts;
  return { said, ask, change: (change: TenantChange) => listeners.forEach((listener) => listener(change)) };
}

const account = (apiKey: string) => accountFingerprint({ system: 'keycrm', baseUrl, apiKey });

test('E8: says at its start and at every change which accounts are whose, and never a key', () => {
  const [one, two] = [tenant('one'), tenant('two')];
  const keys: Record<string, string> = { one: 'the-same-key', two: 'the-same-key' };
  const { said, change } = gateway({ tenants: [one, two], keys });
  expect(said).toEqual(
    [one, two].map(({ name }) => ({
      tenant: name,
      system: 'keycrm',
      address: `${baseUrl} ${name}/api`,
      account: account('the-same-key'),
    })),
  );
  keys['two'] = 'another-key';
  change({ kind: 'secret-changed', tenant: two });
  expect(said.at(-1)).toMatchObject({ tenant: 'two', account: account('another-key') });
  delete keys['two'];
  change({ kind: 'secret-changed', tenant: two });
  expect(said.at(-1)).toMatchObject({ tenant: 'two', account: null });
  change({ kind: 'changed', tenant: one });
  change({ kind: 'removed', name: 'two' });
  expect(said).toHaveLength(5);
  expect(JSON.stringify(said)).not.toMatch(/-key/);
});

test('E8: answers for the tenants that it knows and serves, and for no others', () => {
  const { ask } = gateway({
    tenants: [tenant('one'), tenant('big-shop', 'big'), tenant('keyless')],
    keys: { one: 'k1', 'big-shop': 'k2' },
  });
  expect(ask('one', 'big-shop', 'keyless', 'nobody')?.map(({ tenant: name, account: id }) => [name, id])).toEqual([
    ['one', account('k1')],
    ['keyless', null],
  ]);
  expect(
    gateway({ tenants: [tenant('big-shop', 'big')], keys: { 'big-shop': 'k2' }, pools: ['*'] }).ask('big-shop'),
  ).toHaveLength(1);
});
