import { type Holding, orderRules, type Stage, stages, type Step, stepsFor } from '@kds/sync-domain';

export type AfterShipment = Parameters<typeof stepsFor>[2];

/** One line of the business table. */
export interface RuleLine {
  readonly stage: Stage;
  readonly holding: Holding;
  /** The values of the client's `cancelAfterShipment` that the line is for; none where it makes no difference. */
  readonly policies: readonly AfterShipment[];
  /** To be brought about one after the other; empty: nothing is done. */
  readonly steps: readonly Step[];
}

/** The business table, line by line. */
export function ruleLines(): readonly RuleLine[] {
  return stages.flatMap((stage) => (Object.keys(orderRules[stage]) as Holding[]).flatMap((holding) => linesOf(stage, holding)));
}

function linesOf(stage: Stage, holding: Holding): readonly RuleLine[] {
  const rule = orderRules[stage][holding];
  if (isSteps(rule)) return [{ stage, holding, policies: [], steps: rule }];
  const alike = Map.groupBy(Object.keys(rule) as AfterShipment[], (policy) => rule[policy].join());
  return [...alike.values()].map((policies) => ({ stage, holding, policies, steps: policies.slice(0, 1).flatMap((policy) => rule[policy]) }));
}

function isSteps(rule: (typeof orderRules)[Stage][Holding]): rule is readonly Step[] {
  return Array.isArray(rule);
}
