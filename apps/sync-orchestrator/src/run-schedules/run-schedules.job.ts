import { execute, row } from '@kds/persistence';
import type { DataSource } from 'typeorm';
import { enqueueCommand } from '../command-ledger/enqueue-command.js';
import { findSpec } from '../follow-tenants/manifest-in-force.js';
import { flows } from './flows.js';

export interface SchedulesDeps {
  readonly database: DataSource;
}

interface DueSchedule {
  readonly tenant: string;
  readonly flow: string;
  readonly cursor: Readonly<Record<string, unknown>> | null;
  readonly proved: boolean;
}

/** Starts one flow that is due, unless its last run is still under way. True when one was due, so that there may be more. */
export async function runNextSchedule({ database }: SchedulesDeps): Promise<boolean> {
  return database.transaction(async (db) => {
    const due = await row<DueSchedule>(
      db,
      `select s.tenant, s.flow, s.cursor, s.proved_at is not null as proved from schedules s join tenants t on t.name = s.tenant and t.state = 'active' and t.firm_taken_by is null
       where s.due_at <= clock_timestamp() order by s.due_at limit 1 for update of s skip locked`,
    );
    if (due === undefined) return false;
    const spec = await findSpec(db, due.tenant);
    const flow = flows[due.flow];
    const everyMs = spec && flow?.everyMs(spec);
    await execute(db, `update schedules set started_at = clock_timestamp(), due_at = clock_timestamp() + $3 * interval '1 millisecond' where tenant = $1 and flow = $2`, [due.tenant, due.flow, everyMs ?? 60_000]);
    if (spec === undefined || flow === undefined || everyMs === undefined) return true;
    for (const start of flow.start({ spec, now: new Date(), cursor: due.cursor ?? {}, proved: due.proved })) {
      const busy = await row(db, `select 1 from commands where tenant = $1 and system = $2 and subject = $3 and state in ('pending', 'dispatched')`, [due.tenant, start.system, start.subject]);
      if (busy === undefined) await enqueueCommand(db, { tenant: due.tenant, ...start });
    }
    return true;
  });
}
