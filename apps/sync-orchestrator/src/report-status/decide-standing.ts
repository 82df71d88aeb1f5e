import { codesWhere, type FailureRule } from '@kds/contracts';
import type { LaneFacts, ProvedFlow, TenantFacts } from './tenant-facts.js';

/** How a tenant stands. `course`: nothing is missing, or the system gets on by itself, or somebody has to do something. */
export interface Standing {
  readonly ready: boolean;
  /** One CamelCase word. */
  readonly reason: StandingReason;
  /** What is so, and what to do about it. The same as long as nothing changes: it holds moments, never ages. */
  readonly message: string;
  readonly course: 'steady' | 'going-on' | 'stuck';
}

export type StandingReason =
  | 'InvalidManifest' | 'FirmTaken' | 'Suspended' | 'KeyRejected' | 'KeysMissing' | 'GatewaySilent' | 'Outage' | 'ReadingRefused' | 'RunHeld' | 'NotProved' | 'Starting' | 'InStep';

/** Proof is late after so many intervals, and never before so long. */
const lateAfterIntervals = 3;
const neverLateBeforeMs = 15 * 60_000;

/** How a tenant stands, from what the ledger knows of it. The first of these that holds is it. */
export function decideStanding(facts: TenantFacts, now: Date): Standing {
  return invalid(facts) ?? suspended(facts) ?? laneTrouble(facts) ?? refused(facts) ?? late(facts, now) ?? starting(facts) ?? inStep(facts);
}

function invalid({ state, problems, firmTakenBy }: TenantFacts): Standing | undefined {
  if (state !== 'invalid') return undefined;
  return { ready: false, reason: firmTakenBy ? 'FirmTaken' : 'InvalidManifest', course: 'stuck', message: problems.map(({ path, reason }) => (path === '' ? reason : `${path}: ${reason}`)).join('; ') };
}

function suspended({ state }: TenantFacts): Standing | undefined {
  if (state !== 'suspended') return undefined;
  return { ready: false, reason: 'Suspended', course: 'steady', message: 'spec.suspend is true: nothing is read or written, queued work stays queued' };
}

interface LaneRule extends Pick<Standing, 'course'> {
  readonly reason: StandingReason;
  /** Fewer failures in a row are chance. */
  readonly from: number;
  readonly holds: (trouble: string, facts: TenantFacts) => boolean;
  readonly words: (lane: LaneFacts & { readonly trouble: string }, spec: NonNullable<TenantFacts['spec']>) => string;
}

const names = { keycrm: 'KeyCRM', dilovod: 'Dilovod' } as const;
const troubles = (trouble: FailureRule['trouble']): ReadonlySet<string> => new Set<string>(codesWhere((rule) => rule.trouble === trouble));
const [outages, limits, silences] = [troubles('outage'), troubles('limit'), troubles('silence')];

/** Others use the limit too: that is a warning of its own. */
function isShared({ requests, declaredPerMinute }: TenantFacts): boolean {
  return requests !== null && declaredPerMinute !== null && requests.perMinute < declaredPerMinute;
}

/** What the failures of a lane mean; the worst first. */
const laneRules: readonly LaneRule[] = [
  {
    reason: 'KeyRejected', from: 1, course: 'stuck', holds: (trouble) => trouble === 'bad-key',
    words: ({ system }, spec) => `${names[system]} refuses the key ${spec[system].apiKeyRef.key} of the Secret ${spec[system].apiKeyRef.name}: put a valid one there; it is tried every minute`,
  },
  {
    reason: 'KeysMissing', from: 3, course: 'stuck', holds: (trouble) => trouble === 'tenant-not-ready',
    words: ({ system }, spec) => `the ${system}-gateway of pool ${spec.pool} finds no key ${spec[system].apiKeyRef.key} in the Secret ${spec[system].apiKeyRef.name}, or does not know the tenant: create the Secret, or look at the gateway's log`,
  },
  {
    reason: 'GatewaySilent', from: 3, course: 'going-on', holds: (trouble) => silences.has(trouble),
    words: ({ system }, spec) => `no ${system}-gateway of pool ${spec.pool} answers: see that its pods run and reach NATS`,
  },
  {
    reason: 'Outage', from: 3, course: 'going-on', holds: (trouble, facts) => outages.has(trouble) || (limits.has(trouble) && !isShared(facts)),
    words: ({ system, trouble }) => `${names[system]} does not answer as it should (${trouble}); it is tried again and again`,
  },
];

function laneTrouble(facts: TenantFacts): Standing | undefined {
  const { lanes, spec } = facts;
  if (spec === null) return undefined;
  for (const { reason, from, course, holds, words } of laneRules) {
    const met = lanes.flatMap((lane) => (lane.trouble !== null && lane.failures >= from && holds(lane.trouble, facts) ? [{ ...lane, trouble: lane.trouble }] : []));
    if (met.length > 0) return { ready: false, reason, course, message: met.map((lane) => words(lane, spec)).join('; ') };
  }
  return undefined;
}

function refused({ refusedReadings }: TenantFacts): Standing | undefined {
  if (refusedReadings.length === 0) return undefined;
  return { ready: false, reason: 'ReadingRefused', course: 'stuck', message: refusedReadings.map(({ flow, message }) => `${flow}: ${message}`).join('; ') };
}

function late({ proved, spec, changedAt, heldRuns }: TenantFacts, now: Date): Standing | undefined {
  const overdue = expected(spec).filter(({ flow, everyMs }) => {
    const since = Math.max(proved[flow]?.getTime() ?? 0, changedAt.getTime());
    return now.getTime() - since > Math.max(neverLateBeforeMs, lateAfterIntervals * everyMs);
  });
  if (overdue.length === 0) return undefined;
  const held = heldRuns.filter(({ flow }) => overdue.some((one) => one.flow === flow));
  if (held.length > 0) return { ready: false, reason: 'RunHeld', course: 'stuck', message: held.map(({ flow, message }) => `the ${flow} run is held: ${message}`).join('; ') };
  const when = overdue.map(({ flow }) => `${flow} ${proved[flow] === null ? 'never' : `at ${proved[flow].toISOString()}`}`).join(', ');
  return { ready: false, reason: 'NotProved', course: 'going-on', message: `last proved in step: ${when}; \`kds lanes\` shows what waits, and for what` };
}

function starting({ proved, spec }: TenantFacts): Standing | undefined {
  const missing = expected(spec).filter(({ flow }) => proved[flow] === null);
  if (missing.length === 0) return undefined;
  return { ready: false, reason: 'Starting', course: 'going-on', message: `not yet proved in step: ${missing.map(({ flow }) => flow).join(', ')}` };
}

function inStep({ spec }: TenantFacts): Standing {
  const message = { live: 'everything that is due is proved in step', pilot: 'the pilot SKUs are proved in step; everything else is left alone', shadow: 'everything is read and decided; nothing is written in shadow mode' };
  return { ready: true, reason: 'InStep', course: 'steady', message: message[spec?.mode ?? 'shadow'] };
}

/** The flows whose proof can be waited for, and how often each comes. */
function expected(spec: TenantFacts['spec']): readonly { readonly flow: ProvedFlow; readonly everyMs: number }[] {
  if (spec === null) return [];
  return [
    { flow: 'orders', everyMs: spec.orders.everyMs },
    { flow: 'stock', everyMs: spec.stock.everyMs },
    // Costs alone come with the balances: their proof is that of the stock.
    ...(spec.prices.retail === null ? [] : [{ flow: 'prices', everyMs: spec.prices.everyMs } as const]),
  ];
}
