import { type Db, execute, row } from '@kds/persistence';

export type RunFlow = 'stock' | 'prices';

interface RunOf {
  readonly tenant: string;
  readonly flow: RunFlow;
}

/** Keeps back a whole run that looks wrong, for a person to release or drop. */
export async function holdRun(db: Db, { tenant, flow, reason, message, detail }: RunOf & { readonly reason: string; readonly message: string; readonly detail?: unknown }): Promise<void> {
  await execute(
    db,
    `insert into held_runs (tenant, flow, reason, message, detail) values ($1, $2, $3, $4, $5)
     on conflict (tenant, flow) do update set reason = excluded.reason, message = excluded.message, detail = excluded.detail, released_at = null`,
    [tenant, flow, reason, message, JSON.stringify(detail ?? null)],
  );
}

/** Is this run held, and no person has let it go? */
export async function isHeld(db: Db, { tenant, flow }: RunOf): Promise<boolean> {
  return (await row(db, `select 1 from held_runs where tenant = $1 and flow = $2 and released_at is null`, [tenant, flow])) !== undefined;
}

/** Did a person let this run go? It is then computed afresh and passes its guard. */
export async function isReleased(db: Db, { tenant, flow }: RunOf): Promise<boolean> {
  return (await row(db, `select 1 from held_runs where tenant = $1 and flow = $2 and released_at is not null`, [tenant, flow])) !== undefined;
}

export async function clearHeldRun(db: Db, { tenant, flow }: RunOf): Promise<void> {
  await execute(db, `delete from held_runs where tenant = $1 and flow = $2`, [tenant, flow]);
}
