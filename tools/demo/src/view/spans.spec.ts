import { fit, toTerminal } from './spans.js';

test('fits texts to a width', () => {
  expect([fit('Олена', 3), fit('Олена', 7), fit('12', 4, 'right'), fit('x', 0)]).toEqual(['Ол…', 'Олена  ', '  12', '']);
});

test('a row never exceeds its width, whatever its colours', () => {
  const row = [{ text: 'abc', look: 'red' as const }, { text: 'defgh' }];
  expect(toTerminal(row, { width: 5, colours: false })).toBe('abcd…');
  expect(toTerminal(row, { width: 5, colours: true })).toBe('\x1b[31mabc\x1b[0md…');
});
