import { type Db, row } from '@kds/persistence';
import type { CurrencyFact } from '@kds/sync-domain';
import type { TenantSpec } from '@kds/tenancy';
import { currencyCodeSql } from './client-currency.js';

export interface CurrencyOf {
  readonly tenant: string;
  readonly spec: TenantSpec;
  readonly orderId: string;
  /** KeyCRM's source of the order. */
  readonly sourceId: number | null;
}

interface CurrencyRow {
  readonly own: string | null;
  readonly listed: boolean;
  readonly of_source: string | null;
  /** Another currency than the client's stands at some source. */
  readonly others: boolean;
  readonly sources_read: boolean;
  readonly sources_refused: { readonly code: string; readonly message: string } | null;
  readonly currencies_refused: { readonly code: string; readonly message: string } | null;
}

/** In which currency an order's sums are: that of the source that it came through. An order says nothing of it itself. */
export async function loadCurrency(db: Db, { tenant, spec, orderId, sourceId }: CurrencyOf): Promise<CurrencyFact> {
  if (sourceId === null) return { kind: 'own' };
  const found = await row<CurrencyRow>(db, currencySql, [tenant, spec.dilovod.currency, sourceId, orderId]);
  if (found === undefined) throw new Error('a query without a table has a row');
  if (!found.listed && !found.sources_read) return found.sources_refused === null ? { kind: 'unread' } : { kind: 'refused', ...found.sources_refused };
  if (!found.listed) return found.others ? { kind: 'unknown', message: unlisted(sourceId) } : { kind: 'own' };
  if (found.of_source === null || found.of_source === found.own) return { kind: 'own' };
  if (found.own !== null || spec.dilovod.currencies[found.of_source] !== undefined) return { kind: 'other', code: found.of_source };
  return found.currencies_refused === null ? { kind: 'unread' } : { kind: 'refused', ...found.currencies_refused };
}

function unlisted(sourceId: number): string {
  return `KeyCRM does not list the source ${sourceId} of the order, and the shop has sources in several currencies: choose a source for the order that it lists.`;
}

/** A source that is not listed is looked for again: it may be newer than the list, and only a list that is newer than the order tells. */
const currencySql = `
  select ${currencyCodeSql('$2::text')} as own,
    s.source_id is not null as listed,
    upper(nullif(btrim(s.currency), '')) as of_source,
    exists (select 1 from sources other where other.tenant = $1 and upper(btrim(other.currency)) <> coalesce(${currencyCodeSql('$2::text')}, '')) as others,
    coalesce((select f.proved_at > o.observed_at from schedules f join orders o on o.tenant = f.tenant and o.order_id = $4 where f.tenant = $1 and f.flow = 'sources'), false) as sources_read,
    (select refused from schedules where tenant = $1 and flow = 'sources') as sources_refused,
    (select refused from schedules where tenant = $1 and flow = 'currencies') as currencies_refused
  from (select 1) as one left join sources s on s.tenant = $1 and s.source_id = $3`;
