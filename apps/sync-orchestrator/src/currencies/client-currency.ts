import { type Db, row } from '@kds/persistence';
import type { TenantSpec } from '@kds/tenancy';

/** Every base calls the hryvnia so, also where it does not show its currencies. */
const hryvnia = '1101200000001001';

/**
 * The ISO code of the currency with the Dilovod id `id` (an SQL expression), for tenant `$1`; null where it is not
 * known.
 */
export function currencyCodeSql(id: string): string {
  const read = `select code from currencies where tenant = $1 and currency = ${id}`;
  return `coalesce((${read}), case when ${id} = '${hryvnia}' then 'UAH' end)`;
}

/** In which currency the client keeps its books, by its ISO code; `undefined` where its base does not say. */
export async function clientCurrencyCode(
  db: Db,
  tenant: string,
  { dilovod }: Pick<TenantSpec, 'dilovod'>,
): Promise<string | undefined> {
  const found = await row<{ code: string | null }>(db, `select ${currencyCodeSql('$2::text')} as code`, [
    tenant,
    dilovod.currency,
  ]);
  return found?.code ?? undefined;
}
