import { allowedHosts, serviceEnvironment } from './services.js';

const settings = { databaseUrl: 'postgres://ledger', natsUrl: 'nats://bus', tenantsDir: '/tenants', env: { PATH: '/bin', DATABASE_URL: 'postgres://outside' } };

describe('the environment of a service', () => {
  it('names the ledger to the orchestrator alone', () => {
    expect(serviceEnvironment('sync-orchestrator', 1, settings)['DATABASE_URL']).toBe('postgres://ledger');
    expect(serviceEnvironment('keycrm-gateway', 1, settings)).not.toHaveProperty('DATABASE_URL');
    expect(serviceEnvironment('dilovod-gateway', 1, settings)).not.toHaveProperty('DATABASE_URL');
  });

  it('tells a gateway the bus, the tenants, its address and that it serves every pool', () => {
    expect(serviceEnvironment('keycrm-gateway', 8081, settings)).toEqual({
      PATH: '/bin',
      NATS_URL: 'nats://bus',
      KDS_TENANTS_SOURCE: 'directory',
      KDS_TENANTS_DIR: '/tenants',
      KDS_ALLOWED_HOSTS: 'openapi.keycrm.app,api.dilovod.ua,localhost,127.0.0.1,::1',
      KDS_HTTP_HOST: '127.0.0.1',
      KDS_HTTP_PORT: '8081',
      KDS_POOLS: '*',
      KDS_LOG_LEVEL: 'info',
    });
  });

  it('puts the operator’s list of hosts in the place of the vendors’', () => {
    expect(allowedHosts('*.example.com')).toBe('*.example.com,localhost,127.0.0.1,::1');
    expect(allowedHosts(' ')).toBe(allowedHosts(undefined));
  });
});
