import { listedDocumentMembers, type ResultOf } from '@kds/contracts';
import { columnsSql, type Db, execute, row, rowsSetWise } from '@kds/persistence';
import { doubtAll, lookAgain } from '../orders/orders.repository.js';
import { noteReading } from '../settle-command/note-reading.js';
import type { CommandOf, EffectsOf, SettledCommand } from '../settle-command/settled-command.js';

/** Documents that are gone are looked for order by order, so many orders at a time: each costs a few requests. */
const goneAtOnce = 50;

type Listed = SettledCommand<CommandOf<'list-documents'>>;

/**
 * The list of all live documents is kept, and every order of which it shows something else than is known is looked for whole: documents that an earlier ledger
 * made, that a person marked for deletion, or that bear the order's key all of a sudden.
 */
export const listDocumentsEffects: EffectsOf<'list-documents'> = {
  async onDone({ db }, settled, list) {
    const { tenant, command, dispatchedAt } = settled;
    if (await looksLikeAnotherBase(db, settled, list)) return noteReading(db, settled, anotherBase);
    // First, so that whoever records an order at this moment either sees the list or is seen by what follows.
    await execute(
      db,
      `update tenants set adopted_at = coalesce(adopted_at, clock_timestamp()), documents_from = least(documents_from, $2::date), documents_listed_at = $3 where name = $1`,
      [tenant, command.from, dispatchedAt],
    );
    await keepList(db, settled, list);
    await doubtOrders(db, settled, { sql: newSql });
    if (list.whole) await doubtOrders(db, settled, { sql: goneSql, parameters: [command.from, list.unreadable ?? []] });
    await lookAgain(db, { tenant, where: `o.decision = 'list-documents'` });
    await execute(db, `update schedules set proved_at = clock_timestamp() where tenant = $1 and flow = 'documents'`, [tenant]);
  },

  /** Until the first list is there no order is decided: a right may be opened at any moment. */
  async onRejected({ db }, { tenant }) {
    await execute(db, `update schedules set due_at = clock_timestamp() + interval '1 minute' where tenant = $1 and flow = 'documents'`, [tenant]);
  },
};

const anotherBase = { code: 'documents-all-gone', message: 'none of the documents that were made is there any more: is the API key that of another base? Nothing is made anew as long as the list says so' };
/** Of so many documents it is no chance that all are gone. */
const noChance = 10;

async function looksLikeAnotherBase(db: Db, { tenant, command }: Listed, { columns, whole, unreadable = [] }: ResultOf['list-documents']): Promise<boolean> {
  const known = await row<{ documents: number; listed: number }>(
    db,
    `select count(*)::int as documents, (count(*) filter (where exists (select 1 from unnest($3::text[]) as l(id) where l.id = b.document)))::int as listed
     from (${boundSql}) b join orders o on o.tenant = $1 and o.order_id = b.order_id where ${sinceSql('$2')}`,
    [tenant, command.from, [...columns.id, ...unreadable]],
  );
  return whole && known !== undefined && known.documents >= noChance && known.listed === 0;
}

/** What is dated before the list begins, or cannot be read, stays as an older list told it. */
async function keepList(db: Db, { tenant, command }: Listed, { columns, unreadable = [] }: ResultOf['list-documents']): Promise<void> {
  await rowsSetWise(
    db,
    `with fresh as (
       select distinct on (id) * from ${columnsSql('$2', listedDocumentMembers)}
     ), gone as (
       delete from documents_listed d where d.tenant = $1 and coalesce(d.made_on >= $3::date, true) and d.document <> all ($4::text[]) and not exists (select 1 from fresh f where f.id = d.document)
     )
     insert into documents_listed as d (tenant, document, type, order_id, number, person, amount, made_on, mentions)
     select $1, id, type, orderId::bigint, number, person, amount::numeric, madeOn::date, mentions::jsonb from fresh
     on conflict (tenant, document) do update set order_id = excluded.order_id, number = excluded.number, person = excluded.person, amount = excluded.amount,
       made_on = excluded.made_on, mentions = excluded.mentions
     where (d.order_id, d.number, d.person, d.amount, d.made_on, d.mentions) is distinct from
       (excluded.order_id, excluded.number, excluded.person, excluded.amount, excluded.made_on, excluded.mentions)`,
    [tenant, JSON.stringify(columns), command.from, unreadable],
  );
}

/** Orders whose documents a later request may have changed are left to the next list: `$2` is the attempt that read this one. */
async function doubtOrders(db: Db, { tenant, attempt }: Listed, { sql, parameters = [] }: { readonly sql: string; readonly parameters?: readonly unknown[] }): Promise<void> {
  await execute(
    db,
    `insert into order_journal (tenant, order_id, entry, reason) select $1, order_id, 'documents-differ', reason from (${sql}) as differing
     where order_id in (select o.order_id from orders o where ${unsettledSql})`,
    [tenant, attempt, ...parameters],
  );
  await lookAgain(db, { tenant, where: `${unsettledSql} and o.order_id in (select order_id from (${sql}) as differing)`, parameters: [attempt, ...parameters], also: doubtAll });
}

const unsettledSql = `
  o.tenant = $1 and o.binding ->> 'doubt' is null and not exists (
    select 1 from commands c left join attempts a on a.command_id = c.id
    where c.tenant = o.tenant and c.system = 'dilovod' and c.subject = 'order:' || o.order_id and (c.state in ('pending', 'dispatched') or a.id > $2))`;

/** Of an order from before the day `from` (in whatever zone), from which the list is whole, nothing can be said. */
function sinceSql(from: string): string {
  return `o.observation -> 'order' ->> 'orderedAt' >= (${from}::date + 2)::text`;
}

const boundSql = `
  select o.order_id, d.document from orders o
  cross join lateral (
    select o.binding -> 'saleOrder' ->> 'id' as document
    union all select s ->> 'id' from jsonb_array_elements(o.binding -> 'shipments') s
    union all select s -> 'saleReturn' ->> 'id' from jsonb_array_elements(o.binding -> 'shipments') s
  ) d
  where o.tenant = $1 and d.document is not null`;

const newSql = `
  select distinct d.order_id, 'new' as reason from documents_listed d
  where d.tenant = $1 and d.order_id is not null and not exists (select 1 from (${boundSql}) b where b.order_id = d.order_id and b.document = d.document)`;

const goneSql = `
  select distinct b.order_id, 'gone' as reason from (${boundSql}) b join orders o on o.tenant = $1 and o.order_id = b.order_id
  where ${sinceSql('$3')} and b.document <> all ($4::text[]) and not exists (select 1 from documents_listed d where d.tenant = $1 and d.document = b.document)
  order by b.order_id limit ${goneAtOnce}`;
