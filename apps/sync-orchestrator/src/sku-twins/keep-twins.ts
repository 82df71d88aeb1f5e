import type { System } from '@kds/contracts';
import { type Db, execute, rowsSetWise } from '@kds/persistence';
import { foldSku } from '@kds/sync-domain';

/** Where the SKUs of a system stand. */
const shelves = { keycrm: { table: 'offers', text: 'sku' }, dilovod: { table: 'goods', text: 'article' } } as const;

export interface TwinsOf {
  readonly tenant: string;
  readonly system: System;
}

/** Finds SKUs that differ by case or outer blanks only: among all that are kept, or with those that were just read. */
export async function keepTwins(
  db: Db,
  { tenant, system, read }: TwinsOf & { readonly read?: readonly string[] },
): Promise<void> {
  const { table, text } = shelves[system];
  const twins = `
    select distinct c.${text} as sku, c.folded from ${table} c
    where c.tenant = $1 and c.${text} <> '' and ($3::text[] is null or c.folded = any ($3))
      and exists (
        select 1 from ${table} o where o.tenant = c.tenant and o.folded = c.folded and o.${text} <> c.${text})`;
  const keep = `
    insert into sku_twins (tenant, system, sku, folded) select $1, $2, sku, folded from twins on conflict do nothing`;
  if (read !== undefined) {
    return execute(db, `with twins as (${twins}) ${keep}`, [tenant, system, [...new Set(read.map(foldSku))]]);
  }
  const gone = `
    delete from sku_twins t
    where t.tenant = $1 and t.system = $2 and not exists (select 1 from twins w where w.sku = t.sku)`;
  await rowsSetWise(db, `with twins as (${twins}), gone as (${gone}) ${keep}`, [tenant, system, null]);
}

export interface NamesAsked extends TwinsOf {
  readonly asked: readonly string[];
  /** SKUs in the answer, which was whole. */
  readonly shown: readonly string[];
}

/**
 * What an answer by name tells: a SKU that brought its twin is taken for it, one that brought itself alone is told
 * apart. Where both were asked for, or neither was shown, it tells nothing.
 */
export async function learnTwins(db: Db, { tenant, system, asked, shown }: NamesAsked): Promise<void> {
  await execute(
    db,
    `with shown as (select * from unnest($4::text[], $5::text[]) as s(sku, folded))
     update sku_twins t set read_at = clock_timestamp(),
       folds = exists (select 1 from shown s where s.folded = t.folded and s.sku <> t.sku)
     where t.tenant = $1 and t.system = $2 and t.sku = any ($3)
       and exists (select 1 from shown s where s.folded = t.folded)
       and not exists (
         select 1 from sku_twins o
         where o.tenant = t.tenant and o.system = t.system and o.folded = t.folded and o.sku <> t.sku and o.sku = any ($3))`,
    [tenant, system, asked, shown, shown.map(foldSku)],
  );
}
