import { readRules } from '../alerts/rule-file.js';
import { dashboards } from '../dashboards/dashboards.js';

/** Names of metrics and of recorded series in an expression; a histogram's parts count as the histogram. */
export function namesIn(expr: string): readonly string[] {
  const names = [...expr.matchAll(/\bkds[_:][a-z_:0-9]+/g)].map(([name]) => name.replace(/_(bucket|sum|count)$/, ''));
  return [...new Set(names)];
}

/** Where a metric is looked at: alarms and recorded series by their names, dashboards by their titles. */
export function metricUses(): ReadonlyMap<string, readonly string[]> {
  const asked = [
    ...readRules().map(({ alert, record, expr }) => ({ where: alert ?? record ?? '', expr })),
    ...dashboards.flatMap(({ title, rows }) => rows.flatMap(({ panels }) => panels.flatMap(({ queries }) => queries.map(({ expr }) => ({ where: title, expr }))))),
  ];
  const uses = new Map<string, string[]>();
  for (const { where, expr } of asked) {
    for (const name of namesIn(expr)) {
      const places = uses.get(name) ?? [];
      if (!places.includes(where)) uses.set(name, [...places, where]);
    }
  }
  return uses;
}
