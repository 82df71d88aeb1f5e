import { type Db, rowsSetWise } from '@kds/persistence';

/**
 * Is the good `good` (an expression that names its table) one that the stock register was ever seen to hold? Services
 * and kits never are: what KeyCRM shows of them is not ours to write. One that is sold out had a row once.
 */
export function isStockedSql(good: string): string {
  return `exists (select 1 from goods_stocked s where s.tenant = $1 and s.good = ${good})`;
}

/** What a balance was ever read of is remembered for good. */
export async function keepStocked(db: Db, tenant: string): Promise<void> {
  await rowsSetWise(
    db,
    `insert into goods_stocked (tenant, good)
     select distinct b.tenant, b.good from balances b
     where b.tenant = $1 and not ${isStockedSql('b.good')} on conflict do nothing`,
    [tenant],
  );
}
