import type { System } from '@kds/contracts';

/** So long it is believed how a system compares two SKUs; a little before that it is asked again. */
const believedSql = `interval '24 hours'`;
export const askAgainSql = `interval '20 hours'`;

/**
 * SKUs of a system, for tenant `$1`, that it takes for one another, or that are not known to be told apart: `(sku,
 * folded, folds)`. They are apart only when each, asked for by its name, brought itself alone.
 */
export function foldedSql(system: System): string {
  const kin = `sku_twins o where o.tenant = t.tenant and o.system = t.system and o.folded = t.folded`;
  return `
    select t.sku, t.folded, coalesce((select bool_or(o.folds) from ${kin}), false) as folds
    from sku_twins t
    where t.tenant = $1 and t.system = '${system}'
      and exists (select 1 from ${kin} and coalesce(o.folds or o.read_at < clock_timestamp() - ${believedSql}, true))`;
}

/** Is the text `sku` (an expression) one of those? There are few of them: they are looked up once. */
export function isFoldedSql(system: System, sku: string): string {
  return `${sku} = any (array(select f.sku from (${foldedSql(system)}) f))`;
}
