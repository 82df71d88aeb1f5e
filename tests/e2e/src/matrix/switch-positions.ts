import { switchNames as dilovodNames, switchTable as dilovodTable } from '@kds/dilovod-simulator';
import { switchNames as keycrmNames, switchTable as keycrmTable } from '@kds/keycrm-simulator';
import type { ShopOptions } from '@kds/simulated-shop';

/** One way in which one open question about one API may turn out. */
export interface Position {
  readonly system: 'KeyCRM' | 'Dilovod';
  readonly name: string;
  readonly position: string | number;
}

/** Every question that a simulator has a switch for, with all its positions. */
export const questions: readonly (readonly Position[])[] = [
  ...keycrmNames.map((name) => keycrmTable[name].positions.map((position): Position => ({ system: 'KeyCRM', name, position }))),
  ...dilovodNames.map((name) => dilovodTable[name].positions.map((position): Position => ({ system: 'Dilovod', name, position }))),
];

/** Positions of which a shop has one alone, all else as usual, and why. */
export const apart: Readonly<Record<string, string>> = {
  'stockManagement=off': 'such a shop has neither stock nor warehouses in KeyCRM, so that nothing of the other questions about stock would be tried',
  'ordersWriteOff=never': 'in such a shop no order moves stock, so that no other question about that would be tried',
  'stockDetails=off': 'such a shop shows no stock by warehouse, so that none is written',
};

export function labelOf({ system, name, position }: Position): string {
  return `${system} ${name}=${position}`;
}

/** Positions as a shop takes them. */
export function toSwitches(positions: readonly Position[]): NonNullable<ShopOptions['switches']> {
  const of = (system: Position['system']) => Object.fromEntries(positions.filter((entry) => entry.system === system).map(({ name, position }) => [name, position]));
  return { keycrm: of('KeyCRM'), dilovod: of('Dilovod') };
}
