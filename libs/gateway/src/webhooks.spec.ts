import { NotFoundException, ServiceUnavailableException } from '@nestjs/common';
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

it('tells a sender to come again when the bus does not store the hint', async () => {
  const refusing = { publish: async () => Promise.reject(new Error('no bus')), healthy: async () => false };
  await expect(storeHint(refusing, 'kds.evt.order-hint', {})).rejects.toThrow(ServiceUnavailableException);
});
