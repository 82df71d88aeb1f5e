import { seededRandom } from './seeded-random.js';

/**
 * What can go wrong with one request, whatever the API.
 *
 * `delay` answers late; `html-error` answers an HTML page instead of executing; `reset-before` cuts the connection and executes nothing;
 * `lost-after` executes and then cuts the connection; `empty-body` executes and answers 200 with nothing; `vendor` is a failure that only one
 * API knows (a throttle burst, a locked object), named by that API's simulator.
 */
export type Fault =
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'html-error'; readonly status: number }
  | { readonly kind: 'reset-before' }
  | { readonly kind: 'lost-after' }
  | { readonly kind: 'empty-body' }
  | { readonly kind: 'vendor'; readonly name: string; readonly detail?: unknown };

/**
 * When a fault strikes. `operation` is a prefix of the simulator's operation name (`PUT /offers`, `saveObject documents.sale`), or with `exact` the
 * whole of it; all when absent.
 * `times` scripts it (the next N matching requests, after `skip` of them); `probability` draws for each matching request from the seeded source.
 */
export interface FaultRule {
  readonly fault: Fault;
  readonly operation?: string;
  readonly exact?: boolean;
  readonly times?: number;
  readonly skip?: number;
  readonly probability?: number;
}

interface LiveRule {
  readonly rule: FaultRule;
  skip: number;
  left: number;
}

/** The faults of one account, in the order in which they were added; the first that strikes is taken. */
export class FaultPlan {
  private rules: LiveRule[] = [];
  private random: () => number;

  constructor(seed = 1) {
    this.random = seededRandom(seed);
  }

  reseed(seed: number): void {
    this.random = seededRandom(seed);
  }

  add(rule: FaultRule): void {
    this.rules.push({ rule, skip: rule.skip ?? 0, left: rule.times ?? Number.POSITIVE_INFINITY });
  }

  clear(): void {
    this.rules = [];
  }

  list(): readonly FaultRule[] {
    return this.rules.map((live) => live.rule);
  }

  /** The fault that strikes this request, if any. */
  next(operation: string): Fault | undefined {
    for (const live of this.rules) {
      if (!concerns(live.rule, operation)) continue;
      if (live.left <= 0) continue;
      if (live.skip > 0) {
        live.skip -= 1;
        continue;
      }
      if (live.rule.probability !== undefined && this.random() >= live.rule.probability) continue;
      live.left -= 1;
      return live.rule.fault;
    }
    return undefined;
  }
}

function concerns(rule: FaultRule, operation: string): boolean {
  if (rule.operation === undefined) return true;
  return rule.exact === true ? operation === rule.operation : operation.startsWith(rule.operation);
}
