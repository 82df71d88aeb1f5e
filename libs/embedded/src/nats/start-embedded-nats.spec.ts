import { natsConfig } from './start-embedded-nats.js';

describe('the configuration of the embedded nats-server', () => {
  const settings = { port: 4333, dataDir: '/var/kds "x"', version: 'nats-server: v2.10.27', durable: true };

  it('listens on loopback only and keeps JetStream in the data folder, whatever characters its path has', () => {
    const config = natsConfig(settings);
    expect(config).toContain('host: "127.0.0.1"\nport: 4333\n');
    expect(config).toContain('store_dir: "/var/kds \\"x\\"/jetstream"');
  });

  it.each([
    ['nats-server: v2.9.10', true, false],
    ['nats-server: v2.10.0', true, true],
    ['nats-server: v2.12.1', true, true],
    ['nats-server: v3.0.0', true, true],
    ['nats-server: v2.12.1', false, false],
  ])('%s, durable %s: flushes every message: %s', (version, durable, flushes) => {
    expect(natsConfig({ ...settings, version, durable }).includes('sync_interval: always')).toBe(flushes);
  });
});
