import { NotFoundException, ServiceUnavailableException } from '@nestjs/common';
import { createLogger } from '@kds/observability';
import { Secret, type SecretRef, type Tenant } from '@kds/tenancy';
import { admitWebhook, storeHint } from './webhooks.js';

const shop = { name: 'shop', revision: 'r', spec: {} } as Tenant;
const hook: SecretRef = { name: 'keys', key: 'hook' };

function sourceWith(token: string | undefined) {
  const asked: SecretRef[] = [];
  const tenants = {
    find: (name: string) => (name === 'shop' ? shop : undefined),
    secret: (ref: SecretRef) => {
      asked.push(ref);
      return ref === hook && token !== undefined ? new Secret(token) : undefined;
    },
    onChange: () => () => {},
  };
  return { tenants, asked };
}

it('lets the right token in', () => {
  expect(() => admitWebhook(sourceWith('right').tenants, { tenant: 'shop', token: 'right', tokenRefOf: () => hook })).not.toThrow();
});

it.each([
  ['a wrong token', { tenant: 'shop', token: 'wrong', tokenRefOf: () => hook }, 'right'],
  ['an unknown tenant', { tenant: 'nobody', token: 'right', tokenRefOf: () => hook }, 'right'],
  ['a tenant without a webhook', { tenant: 'shop', token: 'right', tokenRefOf: () => null }, 'right'],
  ['a missing Secret', { tenant: 'shop', token: '', tokenRefOf: () => hook }, undefined],
  ['an empty Secret', { tenant: 'shop', token: '', tokenRefOf: () => hook }, ''],
])('answers %s with the same 404, after the same look-ups', (_case, knock, token) => {
  const { tenants, asked } = sourceWith(token);
  const attempt = () => admitWebhook(tenants, knock);
  expect(attempt).toThrow(new NotFoundException());
  expect(asked).toHaveLength(1);
});

it('E5: tells a sender to come again when the bus does not store the hint, and the log why, once for each tenant', async () => {
  const lines: { readonly level: string; readonly tenant?: string; readonly err?: { readonly message: string }; readonly failures?: number }[] = [];
  const log = createLogger({ service: 'test', level: 'info', destination: { write: (line) => void lines.push(JSON.parse(line)) } });
  let full = true;
  const bus = { publish: async () => (full ? Promise.reject(new Error('no responders')) : Promise.resolve()), healthy: async () => false };
  const knock = (tenant: string) => storeHint({ bus, log }, 'kds.evt.order-hint', { tenant });
  for (let time = 0; time < 50; time += 1) for (const tenant of ['one', 'two']) await expect(knock(tenant)).rejects.toThrow(ServiceUnavailableException);
  expect(lines.map(({ level, tenant, err }) => [level, tenant, err?.message])).toEqual([['warn', 'one', 'no responders'], ['warn', 'two', 'no responders']]);
  full = false;
  await knock('one');
  expect(lines.at(-1)).toMatchObject({ level: 'info', failures: 50 });
});
