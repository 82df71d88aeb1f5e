import { defaultSwitches, parseSwitches, type SwitchDefinition, switchNames, switchTable } from './switches.js';

it.each(switchNames)('%s has a default among its positions, a section and a meaning', (name) => {
  const definition: SwitchDefinition = switchTable[name];
  expect(definition.positions).toContain(definition.default);
  expect(new Set(definition.positions).size).toBe(definition.positions.length);
  expect(definition.positions.length).toBeGreaterThan(1);
  expect(definition.section).toMatch(/^\d+(\.\d+)?$/);
  expect(definition.meaning).toMatch(/\.$/);
  expect(defaultSwitches[name]).toBe(definition.default);
});

it('names every mistake in positions from outside', () => {
  expect(parseSwitches({ numberUnique: 'yes', multithreadStatus: 500 })).toEqual({ numberUnique: 'yes', multithreadStatus: 500 });
  expect(() => parseSwitches({ numberUnique: 'maybe', toString: 'x' })).toThrow('numberUnique is one of yes, no, not maybe; no switch toString');
});
