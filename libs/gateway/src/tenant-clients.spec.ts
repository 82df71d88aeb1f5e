import { Secret, type Tenant, type TenantChange } from '@kds/tenancy';
import { accountFingerprint } from './account-fingerprint.js';
import { TenantClients } from './tenant-clients.js';

interface FakeClient {
  readonly madeFrom: string;
  closed: boolean;
  close(): Promise<void>;
}

/** A source of one tenant whose address and key a test may change. */
function world() {
  const state = { baseUrl: 'https://one.example', apiKey: 'key-1' as string | undefined, known: true };
  const listeners: ((change: TenantChange) => void)[] = [];
  const opened: FakeClient[] = [];
  const tenants = {
    find: (name: string) => (state.known ? ({ name, revision: 'r', spec: {} } as Tenant) : undefined),
    secret: () => (state.apiKey === undefined ? undefined : new Secret(state.apiKey)),
    onChange: (listener: (change: TenantChange) => void) => {
      listeners.push(listener);
      return () => void listeners.splice(listeners.indexOf(listener), 1);
    },
  };
  const open = ({ baseUrl, apiKey }: { baseUrl: string; apiKey: string }): FakeClient => {
    if (apiKey === 'unusable') throw new RangeError('the key holds characters that no header can carry');
    const client = { madeFrom: `${baseUrl} ${apiKey}`, closed: false, close: async () => void (client.closed = true) };
    opened.push(client);
    return client;
  };
  const clients = new TenantClients({ system: 'keycrm', tenants, accountOf: () => ({ baseUrl: state.baseUrl, apiKeyRef: { name: 'keys', key: 'api' } }), open });
  return { state, clients, opened, announce: (change: TenantChange) => listeners.forEach((listener) => listener(change)) };
}

const madeFrom = async ({ madeFrom: text }: FakeClient) => text;

it('opens a client once and uses it again', async () => {
  const { clients, opened } = world();
  expect(await clients.use({ tenant: 'shop' }, madeFrom)).toEqual({ ok: true, value: 'https://one.example key-1' });
  await clients.use({ tenant: 'shop' }, madeFrom);
  expect(opened).toHaveLength(1);
});

it('opens another when key or address change, and closes the old one when its user is through', async () => {
  const { clients, opened, state } = world();
  let finish = () => {};
  const longUse = clients.use({ tenant: 'shop' }, () => new Promise<void>((resolve) => (finish = resolve)));
  state.apiKey = 'key-2';
  expect(await clients.use({ tenant: 'shop' }, madeFrom)).toEqual({ ok: true, value: 'https://one.example key-2' });
  expect(opened.map(({ closed }) => closed)).toEqual([false, false]);
  finish();
  await longUse;
  expect(opened.map(({ closed }) => closed)).toEqual([true, false]);
  state.baseUrl = 'https://two.example';
  expect(await clients.use({ tenant: 'shop' }, madeFrom)).toEqual({ ok: true, value: 'https://two.example key-2' });
});

it('closes the client of a tenant that goes, and all of them at the end', async () => {
  const { clients, opened, announce } = world();
  await clients.use({ tenant: 'shop' }, madeFrom);
  announce({ kind: 'removed', name: 'shop' });
  expect(opened[0]?.closed).toBe(true);
  await clients.use({ tenant: 'other' }, madeFrom);
  await clients.close();
  expect(opened[1]?.closed).toBe(true);
});

it('says what is missing, without secrets', async () => {
  const { clients, state } = world();
  state.apiKey = undefined;
  expect(await clients.use({ tenant: 'shop' }, madeFrom)).toEqual({ ok: false, error: { code: 'tenant-not-ready', message: 'the Secret keys has no key api, or is not there' } });
  state.apiKey = 'unusable';
  expect(await clients.use({ tenant: 'shop' }, madeFrom)).toEqual({ ok: false, error: { code: 'tenant-not-ready', message: 'no client can be made: the key holds characters that no header can carry' } });
  state.known = false;
  expect(await clients.use({ tenant: 'shop' }, madeFrom)).toEqual({ ok: false, error: { code: 'tenant-not-ready', message: 'no valid manifest of the tenant shop is known here' } });
});

it('E8: leaves alone what was sent for another account', async () => {
  const { clients, state } = world();
  const account = accountFingerprint({ system: 'keycrm', baseUrl: state.baseUrl, apiKey: 'key-1' });
  expect(await clients.use({ tenant: 'shop', account }, madeFrom)).toMatchObject({ ok: true });
  state.apiKey = 'key-2';
  expect(await clients.use({ tenant: 'shop', account }, madeFrom)).toMatchObject({ ok: false, error: { code: 'other-account' } });
  expect(await clients.use({ tenant: 'shop', account: accountFingerprint({ system: 'keycrm', baseUrl: state.baseUrl, apiKey: 'key-2' }) }, madeFrom)).toMatchObject({ ok: true });
});
