import { stringify } from 'yaml';
import { readGroupNames } from './rule-file.js';
import { healthyFleet, type Scenario } from './scenarios.js';

/** A scenario as promtool's unit test: the alarms that fire, counted by name, are exactly those named, and the watchdog. */
function toTest({ name, series = {}, without = [], firing }: Scenario) {
  const all = { ...Object.fromEntries(Object.entries(healthyFleet).filter(([each]) => !without.some((part) => each.includes(part)))), ...series };
  return {
    name,
    interval: '1m',
    input_series: Object.entries(all).map(([each, values]) => ({ series: each, values })),
    promql_expr_test: Object.entries(firing).map(([minute, alarms]) => ({
      expr: 'count by (alertname) (ALERTS{alertstate="firing"})',
      eval_time: `${minute}m`,
      exp_samples: Object.entries({ KdsWatchdog: 1, ...alarms }).map(([alertname, value]) => ({ labels: `{alertname="${alertname}"}`, value })),
    })),
  };
}

/** The file that `promtool test rules` takes. */
export function toPromtoolTests(rulesPath: string, scenarios: readonly Scenario[]): string {
  return stringify({ rule_files: [rulesPath], evaluation_interval: '1m', group_eval_order: readGroupNames(), tests: scenarios.map(toTest) });
}
