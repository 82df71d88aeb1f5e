import { readConfig } from './config.js';

const needed = { DATABASE_URL: 'postgres://ledger', NATS_URL: 'nats://bus' };

it.each([
  [{ KDS_TENANTS_DIR: '/tenants' }, { kind: 'directory', directory: '/tenants' }],
  [{ KDS_TENANTS_SOURCE: 'kubernetes', KDS_NAMESPACE: 'kds' }, { kind: 'kubernetes', namespace: 'kds' }],
])('finds the tenants that %j names', (place, tenants) => {
  expect(readConfig({ ...needed, ...place })).toMatchObject({ databaseUrl: 'postgres://ledger', tenants, httpPort: 8080 });
});

it('tells every mistake at once', () => {
  const attempt = () => readConfig({ DATABASE_URL: 'mysql://x', KDS_TENANTS_SOURCE: 'etcd', KDS_HTTP_PORT: '99999' });
  for (const name of ['DATABASE_URL', 'NATS_URL', 'KDS_TENANTS_SOURCE', 'KDS_HTTP_PORT']) expect(attempt).toThrow(new RegExp(name));
});
