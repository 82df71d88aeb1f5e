import type { Ending } from './run-shops.js';
import { labelOf, type Position } from './switch-positions.js';

/** A line for every position: the shops in which it occurred, and whether they agree or in what they do not. */
export function endingsTable(endings: readonly Ending[]): string {
  const byPosition = new Map<string, { readonly position: Position; readonly endings: Ending[] }>();
  for (const ending of endings) {
    for (const position of ending.positions) {
      const row = byPosition.get(labelOf(position)) ?? { position, endings: [] };
      row.endings.push(ending);
      byPosition.set(labelOf(position), row);
    }
  }
  const lines = [...byPosition.values()].map(({ position: { system, name, position }, endings: own }) => {
    const broken = own.filter(({ differences }) => differences.length > 0);
    const verdict = broken.length === 0 ? `agrees in ${own.length === 1 ? '1 shop' : `${own.length} shops`}` : `DISAGREES in ${broken.map(({ shop }) => shop).join(', ')} of ${own.length}`;
    return `${system.padEnd(8)} ${name.padEnd(29)} ${String(position).padEnd(28)} ${verdict}`;
  });
  return [`${'SYSTEM'.padEnd(8)} ${'SWITCH'.padEnd(29)} ${'POSITION'.padEnd(28)} ENDING`, ...lines].join('\n');
}

/** Where both systems do not agree: in what, and what the product has not settled. */
export function disagreements(endings: readonly Ending[]): string {
  return endings
    .filter(({ differences }) => differences.length > 0)
    .map(({ shop, differences, unsettled }) => [`${shop} does not agree after all:`, ...differences.slice(0, 8), 'Not settled:', ...unsettled.slice(0, 16)].join('\n  '))
    .join('\n');
}
