import { defaultSwitches, everySwitchPosition, type SwitchChanges, switchNames, switchTable, withSwitches } from './switches.js';

test('the default of every switch is its first position', () => {
  for (const name of switchNames) expect(defaultSwitches[name]).toBe(switchTable[name].positions[0]);
});

test.each(switchNames)('%s has several positions, a place in the dossier and a meaning', (name) => {
  const { positions, section, meaning } = switchTable[name];
  expect(new Set(positions).size).toBe(positions.length);
  expect(positions.length).toBeGreaterThan(1);
  expect(section).toMatch(/^\d+(\.\d+)?$/);
  expect(meaning).toMatch(/\.$/);
});

test('every position can be set', () => {
  expect(everySwitchPosition().length).toBe(switchNames.reduce((sum, name) => sum + switchTable[name].positions.length, 0));
  for (const change of everySwitchPosition()) expect(withSwitches(defaultSwitches, change)).toMatchObject(change);
});

test('an unknown switch or position is refused with what is possible', () => {
  expect(() => withSwitches(defaultSwitches, { numberForm: 'roman' } as unknown as SwitchChanges)).toThrow(/plain, strings2, strings3/);
  expect(() => withSwitches(defaultSwitches, { toString: 'x' } as unknown as SwitchChanges)).toThrow(/no switch toString/);
});
