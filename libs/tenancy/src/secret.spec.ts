import { inspect } from 'node:util';
import { sameSecret, Secret } from './index.js';

test('a secret shows itself to nobody who does not ask for it by name', () => {
  const secret = new Secret('hush');
  const views = [`${secret}`, JSON.stringify({ secret }), inspect({ secret }), inspect(secret, { showHidden: true }), JSON.stringify({ ...secret }), JSON.stringify(structuredClone(secret))];
  expect(views.join()).not.toContain('hush');
  expect(JSON.stringify({ secret })).toBe('{"secret":"[secret]"}');
  expect(secret.reveal()).toBe('hush');
});

test.each([
  ['token', 'token', true],
  ['token', 'tokem', false],
  ['token', 'token-and-more', false],
  ['', '', true],
  ['', 'token', false],
  ['ключ', 'ключ', true],
])('%j and %j are the same: %s', (a, b, same) => {
  expect(sameSecret(a, b)).toBe(same);
});
