import { type Db, execute, row } from '@kds/persistence';
import type { RunStanding, RunVerdict } from '@kds/sync-domain';
import type { TenantSpec } from '@kds/tenancy';

export type RunFlow = 'stock' | 'prices';

export interface RunOf {
  readonly tenant: string;
  readonly spec: Pick<TenantSpec, 'prices'>;
  readonly flow: RunFlow;
}

interface StandingRow {
  readonly fingerprint: string;
  readonly released: boolean;
  readonly dropped: boolean;
  readonly detail: Extract<RunStanding, { kind: 'released' }>['shown'] | null;
  readonly stale: boolean;
}

/** `waits`: nothing is computed or written before Dilovod has been read again. */
export type StandingRun = RunStanding & { readonly waits: boolean };

/**
 * What a person made of this run, if anything. After a release it is computed from what is read after that; a snapshot that was not accepted leaves an
 * older one in force, from which nothing is to be concluded.
 */
export async function loadStanding(db: Db, { tenant, spec, flow }: RunOf): Promise<StandingRun> {
  const found = await row<StandingRow>(db, standingSql, [tenant, flow, snapshotsOf(flow, spec)]);
  if (found === undefined) return { kind: 'free', waits: false };
  const { fingerprint, dropped, released, detail, stale } = found;
  const ofSnapshot = fingerprint.startsWith('snapshot-shrunken');
  if (dropped) return { kind: 'dropped', fingerprint, waits: ofSnapshot };
  return released ? { kind: 'released', shown: detail ?? {}, waits: stale } : { kind: 'held', waits: ofSnapshot };
}

/** Is anything of this run to be written at this moment? */
export async function mayWrite(db: Db, run: RunOf): Promise<boolean> {
  const { kind, waits } = await loadStanding(db, run);
  return kind === 'free' || (kind === 'released' && !waits);
}

function snapshotsOf(flow: RunFlow, { prices }: Pick<TenantSpec, 'prices'>): readonly string[] {
  if (flow === 'stock') return ['balances'];
  return [...(prices.retail === null ? [] : ['prices']), ...(prices.cost === 'balance' ? ['balances'] : [])];
}

const standingSql = `
  select fingerprint, released_at is not null as released, false as dropped, detail,
    exists (select 1 from snapshots s where s.tenant = h.tenant and s.kind = any ($3) and s.accepted_at <= h.released_at) as stale
  from held_runs h where tenant = $1 and flow = $2
  union all
  select fingerprint, false, true, null, false from dropped_runs where tenant = $1 and flow = $2`;

export interface RunVerdictReached extends Omit<RunOf, 'spec'> {
  readonly verdict: RunVerdict;
  readonly standing: RunStanding;
  readonly fingerprint: string;
  /** What a person is shown: the numbers that were judged, and the rows that stand out. */
  readonly describe: () => Promise<object>;
}

/** Keeps the verdict about a run. True when the run is to be applied. */
export async function keepVerdict(db: Db, { tenant, flow, verdict, standing, fingerprint, describe }: RunVerdictReached): Promise<boolean> {
  if (verdict.kind === 'hold') {
    const { reason, message } = verdict.problem;
    await execute(db, holdSql, [tenant, flow, reason, message, JSON.stringify(await describe()), fingerprint]);
  }
  if (verdict.kind === 'hold' || (verdict.kind === 'apply' && standing.kind === 'dropped')) await execute(db, `delete from dropped_runs where tenant = $1 and flow = $2`, [tenant, flow]);
  if (verdict.kind === 'apply' && verdict.reason === 'looks-right' && standing.kind !== 'free') await execute(db, `delete from held_runs where tenant = $1 and flow = $2`, [tenant, flow]);
  return verdict.kind === 'apply';
}

const holdSql = `
  insert into held_runs (tenant, flow, reason, message, detail, fingerprint) values ($1, $2, $3, $4, $5, $6)
  on conflict (tenant, flow) do update set reason = excluded.reason, message = excluded.message, detail = excluded.detail, fingerprint = excluded.fingerprint,
    since = case when held_runs.released_at is null then held_runs.since else now() end, released_at = null`;
