import { SettingsError } from '@kds/observability';
import { readGatewayConfig } from './gateway-config.js';

const needed = { NATS_URL: 'nats://nats:4222', KDS_TENANTS_DIR: '/tenants' };

it('applies defaults to what was left out or left empty, and freezes the rest', () => {
  const config = readGatewayConfig({ ...needed, KDS_HTTP_PORT: '', KDS_POOLS: ' ', UNRELATED: 'x' });
  expect(config).toEqual({
    natsUrl: 'nats://nats:4222',
    tenants: { kind: 'directory', directory: '/tenants' },
    allowedHosts: ['openapi.keycrm.app', 'api.dilovod.ua'],
    httpHost: '0.0.0.0',
    httpPort: 8080,
    pools: ['shared'],
    logLevel: 'info',
    version: 'unversioned',
    traces: false,
    concurrency: 200,
    remarks: [],
  });
  expect(Object.isFrozen(config)).toBe(true);
});

it('reads what is set', () => {
  const config = readGatewayConfig({ ...needed, KDS_ALLOWED_HOSTS: 'LOCALHOST, *.example.org', KDS_HTTP_HOST: '127.0.0.1', KDS_HTTP_PORT: '0', KDS_POOLS: 'shared, big-shop,shared', KDS_LOG_LEVEL: 'debug', KDS_CONCURRENCY: '7' });
  expect(readGatewayConfig({ ...needed, KDS_TENANTS_SOURCE: 'kubernetes', KDS_NAMESPACE: 'kds' }).tenants).toEqual({ kind: 'kubernetes', namespace: 'kds' });
  expect(config).toMatchObject({ allowedHosts: ['localhost', '*.example.org'], httpHost: '127.0.0.1', httpPort: 0, pools: ['shared', 'big-shop'], logLevel: 'debug', concurrency: 7 });
});

it('takes * as all pools, alone', () => {
  expect(readGatewayConfig({ ...needed, KDS_POOLS: '*' }).pools).toEqual(['*']);
  expect(() => readGatewayConfig({ ...needed, KDS_POOLS: '*,shared' })).toThrow(/KDS_POOLS/);
});

it('E4: notices a slip of the pen in the name of a setting', () => {
  expect(readGatewayConfig({ ...needed, KDS_POLS: 'big-shop' })).toMatchObject({ pools: ['shared'], remarks: ['KDS_POLS is set, and nothing reads it: is KDS_POOLS meant?'] });
});

it('tells every mistake at once', () => {
  const wrong = { NATS_URL: 'nats', KDS_HTTP_PORT: '80a', KDS_POOLS: 'Big Shop', KDS_LOG_LEVEL: 'loud', KDS_CONCURRENCY: '0', KDS_NAMESPACE: 'Kds' };
  const attempt = () => readGatewayConfig(wrong);
  expect(attempt).toThrow(SettingsError);
  for (const name of ['NATS_URL', 'KDS_TENANTS_DIR', 'KDS_HTTP_PORT', 'KDS_POOLS', 'KDS_LOG_LEVEL', 'KDS_CONCURRENCY', 'KDS_NAMESPACE']) expect(attempt).toThrow(new RegExp(name));
});
