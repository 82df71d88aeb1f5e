import { parseOptions } from './options.js';

test('takes what it is told, and has a default for the rest', () => {
  expect(parseOptions([])).toEqual({ once: false, speed: 1, seed: 1 });
  expect(parseOptions(['--once', '--speed', '2.5', '--seed', '7'])).toEqual({ once: true, speed: 2.5, seed: 7 });
  expect(parseOptions(['--help'])).toBeUndefined();
});

test.each([[['--speed', '0']], [['--speed', 'fast']], [['--seed', '1.5']], [['--seed', '-1']], [['--sped', '2']], [['now']]])('refuses %j', (args) => {
  expect(() => parseOptions(args)).toThrow();
});
