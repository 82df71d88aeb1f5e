import { type Db, execute } from '@kds/persistence';
import type { Failure, SettledCommand } from './settled-command.js';

/** Failures that say something about the API or the key, not about the one command; and how long the lane then rests, by how often in a row. */
const laneFailures: Readonly<Record<string, (failures: number) => number>> = {
  'bad-key': () => 60_000,
  throttled: () => 30_000,
  concurrent: (failures) => Math.min(10_000, 500 * 2 ** failures),
  'taken-over': () => 0,
  'tenant-not-ready': () => 5_000,
  unreachable: backOff,
  'server-error': backOff,
  'not-json': backOff,
  'empty-body': backOff,
  'connection-lost': backOff,
  timeout: backOff,
  'too-large': backOff,
  redirect: backOff,
  'bad-json': backOff,
  'http-status': backOff,
  cancelled: () => 0,
  'bad-http': backOff,
  aborted: () => 0,
  'lease-expired': () => 0,
  'bus-forgot': () => 0,
};

/** One bad answer is chance; several in a row are an outage. */
function backOff(failures: number): number {
  return failures < 3 ? 0 : Math.min(60_000, 500 * 2 ** (failures - 3));
}

/** Lets the lane rest when the failure is the lane's. True when it is one that every command would meet, so that this one is not to blame. */
export async function openLane(db: Db, { settled, failure, retryAfterMs }: { readonly settled: SettledCommand; readonly failure: Failure; readonly retryAfterMs?: number }): Promise<boolean> {
  const rest = laneFailures[failure.code];
  if (rest === undefined) return false;
  const [lane] = (await db.query(`select failures from lanes where tenant = $1 and system = $2 for update`, [settled.tenant, settled.system])) as { failures: number }[];
  const failures = (lane?.failures ?? 0) + 1;
  const restMs = Math.max(rest(failures), retryAfterMs ?? 0);
  await execute(
    db,
    `update lanes set failures = $3, open_reason = $4, open_until = greatest(open_until, clock_timestamp() + $5 * interval '1 millisecond') where tenant = $1 and system = $2`,
    [settled.tenant, settled.system, failures, failure.code, restMs],
  );
  return true;
}

export async function closeLane(db: Db, { tenant, system }: Pick<SettledCommand, 'tenant' | 'system'>): Promise<void> {
  await execute(db, `update lanes set failures = 0, open_until = null, open_reason = null where tenant = $1 and system = $2 and (failures > 0 or open_until is not null)`, [tenant, system]);
}
