import { SettingsError } from '@kds/observability';
import { readConfig } from './config.js';

const needed = { DATABASE_URL: 'postgres://ledger', NATS_URL: 'nats://bus' };

it.each([
  [{ KDS_TENANTS_DIR: '/tenants' }, { kind: 'directory', directory: '/tenants' }],
  [{ KDS_TENANTS_SOURCE: 'kubernetes', KDS_NAMESPACE: 'kds' }, { kind: 'kubernetes', namespace: 'kds' }],
])('finds the tenants that %j names', (place, tenants) => {
  expect(readConfig({ ...needed, ...place })).toMatchObject({ databaseUrl: 'postgres://ledger', tenants, httpPort: 8080 });
});

it.each(['', ' '])('E4: takes a setting of %j for one that is not set, as the gateways do', (nothing) => {
  const place = { KDS_TENANTS_DIR: '/tenants' };
  expect(readConfig({ ...needed, ...place, KDS_HTTP_PORT: nothing, KDS_HTTP_HOST: nothing, KDS_LOG_LEVEL: nothing, KDS_ALLOWED_HOSTS: nothing, KDS_VERSION: nothing, KDS_TRACES: nothing })).toEqual(readConfig({ ...needed, ...place }));
});

it('E4: notices a slip of the pen in the name of a setting', () => {
  expect(readConfig({ ...needed, KDS_TENANTS_DIR: '/tenants', KDS_LOGLEVEL: 'debug' }).remarks).toEqual(['KDS_LOGLEVEL is set, and nothing reads it: is KDS_LOG_LEVEL meant?']);
});

it('tells every mistake at once', () => {
  const attempt = () => readConfig({ DATABASE_URL: 'mysql://x', KDS_TENANTS_SOURCE: 'etcd', KDS_HTTP_PORT: '99999' });
  expect(attempt).toThrow(SettingsError);
  for (const name of ['DATABASE_URL', 'NATS_URL', 'KDS_TENANTS_SOURCE', 'KDS_HTTP_PORT']) expect(attempt).toThrow(new RegExp(name));
});
