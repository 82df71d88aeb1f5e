import { accountFingerprint, type AccountKey } from './account-fingerprint.js';

const account: AccountKey = {
  system: 'dilovod',
  baseUrl: 'https://api.dilovod.ua',
  apiKey: 'c2a9Yk3LmN0pQr5StUv7WxYz1Ab4De',
};
const named = (changes: Partial<AccountKey> = {}) => accountFingerprint({ ...account, ...changes });

test.each([
  'https://api.dilovod.ua/',
  'https://API.Dilovod.UA',
  'https://api.dilovod.ua:443',
  'https://api.dilovod.ua.//',
  'https://api.dilovod.ua/x/..',
  'https://api.dilovod.ua/api/',
])('E8: %s with the same key is the same account', (baseUrl) => {
  expect(named({ baseUrl })).toBe(named());
});

test.each<Partial<AccountKey>>([
  { apiKey: 'another' },
  { apiKey: `${account.apiKey} ` },
  { system: 'keycrm' },
  { baseUrl: 'https://api.dilovod.ua/v2' },
  { baseUrl: 'https://api.dilovod.ua:8443' },
  { baseUrl: 'http://api.dilovod.ua' },
])('E8: %j is another account', (changes) => {
  expect(named(changes)).not.toBe(named());
});

test('F3: the name tells nothing of the key, and is the same in every process', () => {
  expect(named()).toMatch(/^dilovod-[0-9a-f]{32}$/);
  expect(named()).toBe('dilovod-e76e3efdc2140282ecac7bd56b034eb5');
});
