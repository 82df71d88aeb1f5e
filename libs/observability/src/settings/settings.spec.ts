import { readSettings, SettingsError } from './read-settings.js';
import { serviceSettings } from './service-settings.js';
import { unknownSettings } from './unknown-settings.js';

const needed = { NATS_URL: 'nats://nats:4222' };

test.each(['', ' ', '\n', undefined])('E4: a setting of %j counts as not set', (nothing) => {
  const read = (value: string | undefined) => readSettings({ ...needed, KDS_HTTP_PORT: value, KDS_LOG_LEVEL: value, KDS_HTTP_HOST: value, KDS_TRACES: value, KDS_ALLOWED_HOSTS: value }, serviceSettings);
  expect(read(nothing)).toEqual(readSettings(needed, serviceSettings));
  expect(read(nothing)).toMatchObject({ KDS_HTTP_PORT: 8080, KDS_LOG_LEVEL: 'info' });
  expect(() => readSettings({ NATS_URL: nothing }, serviceSettings)).toThrow(/NATS_URL: write the address of NATS/);
});

test.each(['80a', '0x1F', '1e3', '-1', '8080.0', '65536', '8 080', 'Infinity'])('E4: the number %j is refused by the name of its setting', (number) => {
  const attempt = () => readSettings({ ...needed, KDS_HTTP_PORT: number }, serviceSettings);
  expect(attempt).toThrow(SettingsError);
  expect(attempt).toThrow(`KDS_HTTP_PORT: write a whole number from 0 to 65535, not "${number}"`);
});

test('E4 F3: every mistake is told at once, and an address that may hold a password is not repeated', () => {
  const attempt = () => readSettings({ NATS_URL: 'user:hush@nats', KDS_HTTP_PORT: 'x', KDS_LOG_LEVEL: 'loud' }, serviceSettings, ['KDS_TENANTS_DIR: write the directory']);
  for (const name of ['NATS_URL', 'KDS_HTTP_PORT', 'KDS_LOG_LEVEL', 'KDS_TENANTS_DIR']) expect(attempt).toThrow(new RegExp(`\n- ${name}: write`));
  expect(attempt).not.toThrow(/hush/);
});

test.each([
  ['KDS_POLS', 'KDS_POLS is set, and nothing reads it: is KDS_POOLS meant?'],
  ['KDS_HTTP_PROT', 'KDS_HTTP_PROT is set, and nothing reads it: is KDS_HTTP_PORT meant?'],
  ['KDS_LOGLEVEL', 'KDS_LOGLEVEL is set, and nothing reads it: is KDS_LOG_LEVEL meant?'],
  ['KDS_WEATHER', 'KDS_WEATHER is set, and nothing reads it'],
])('E4: a slip of the pen such as %s is told', (name, told) => {
  expect(unknownSettings({ ...needed, [name]: 'x', KDS_POOLS: 'shared' })).toEqual([told]);
  expect(unknownSettings({ [name]: ' ' })).toEqual([]);
});

test('E4: what Kubernetes tells a pod of the Services beside it is nobody’s slip', () => {
  const links = { KDS_NATS_SERVICE_HOST: '10.0.0.1', KDS_NATS_SERVICE_PORT: '4222', KDS_NATS_SERVICE_PORT_CLIENT: '4222', KDS_NATS_PORT: 'tcp://10.0.0.1:4222', KDS_NATS_PORT_4222_TCP: 'tcp://10.0.0.1:4222', KDS_NATS_PORT_4222_TCP_ADDR: '10.0.0.1' };
  expect(unknownSettings({ ...links, PATH: '/bin', OTHER_POLS: 'x' })).toEqual([]);
});
