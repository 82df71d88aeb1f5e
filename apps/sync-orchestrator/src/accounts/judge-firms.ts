import type { Logger } from '@kds/observability';
import { execute, rows } from '@kds/persistence';
import type { DataSource } from 'typeorm';

/** Any constant will do as long as every instance takes the same. */
const judging = 7_305_552;

interface Judged {
  readonly name: string;
  readonly firm: string | null;
  readonly taken_by: string | null;
  readonly served: boolean;
}

/**
 * Of tenants that keep their books with the same firm of the same base, the one that was seen first is served, and no
 * other: each would take over the other's orders of the same number. Tenants whose base is not known yet wait. True
 * when somebody is served who was not.
 *
 * A suspended tenant, or one with a broken manifest, keeps its firm; one that is removed does not.
 */
export async function judgeFirms({
  database,
  logger,
}: {
  readonly database: DataSource;
  readonly logger: Logger;
}): Promise<boolean> {
  const judged = await database.transaction(async (db) => {
    await execute(db, `select pg_advisory_xact_lock($1)`, [judging]);
    return rows<Judged>(db, judgeSql);
  });
  for (const { name, firm, taken_by: other } of judged) {
    if (other !== null)
      logger.warn(
        { tenant: name, other, firm },
        `${name} is not served: ${other} keeps its books with the same firm of the same Dilovod base`,
      );
  }
  return judged.some(({ served }) => served);
}

const judgeSql = `
  with standing as (
    select t.name, t.claim, l.told_at is not null as told,
      case when l.account is not null then nullif(first_value(t.name) over owners, t.name) end as taken_by
    from tenants t join lanes l on l.tenant = t.name and l.system = 'dilovod'
    where t.state <> 'removed'
    window owners as (partition by l.account, t.firm order by t.first_seen_at, t.name)
  ), judgement as (
    select name, claim, taken_by, told and taken_by is null as served from standing
  )
  update tenants t set firm_taken_by = j.taken_by, served = j.served
  from judgement j
  where t.name = j.name and t.claim = j.claim and (t.firm_taken_by, t.served) is distinct from (j.taken_by, j.served)
  returning t.name, t.firm, t.firm_taken_by as taken_by, t.served`;
