import { codesWhere, type FailureRule } from '@kds/contracts';
import { readRules } from './rule-file.js';

/** Codes that a lane or an account can show: the others concern one command or order, and rest nothing. */
const shown = (holds: (rule: FailureRule) => boolean) =>
  codesWhere((rule) => ['account', 'tenant', 'gateway'].includes(rule.fault) && holds(rule)).join('|');

function excludedBy(name: string): readonly string[] {
  const { expr } = readRules().find(({ alert, record }) => (alert ?? record) === name) ?? { expr: '' };
  return [...expr.matchAll(/reason!~"([^"]*)"/g)].map(([, codes]) => codes ?? '');
}

const nobodys = ({ fault, trouble }: FailureRule) =>
  fault === 'gateway' || (fault === 'tenant' && trouble === undefined);
const isBusy = (code: string) => code === 'concurrent';

it('E5: an outage is what the table of failure codes calls one', () => {
  expect(excludedBy('kds:api_failing:share')).toEqual([shown(({ trouble }) => trouble !== 'outage')]);
});

it("E5: a lane fails for whatever is somebody's fault, except keys, which have an alarm of their own", () => {
  const ours = shown(nobodys).split('|');
  const inOrder = (codes: readonly string[]) =>
    shown(() => true)
      .split('|')
      .filter((code) => codes.includes(code) || isBusy(code))
      .join('|');
  expect(excludedBy('KdsLaneFailing')).toEqual([inOrder(['bad-key', ...ours])]);
  expect(excludedBy('KdsTenantLate')).toEqual([inOrder(ours)]);
});
