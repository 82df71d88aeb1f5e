import type { Ledger } from '@kds/persistence';
import type { HandledVerb, HeldOrders, HeldRun, Problem, TenantSpec } from '@kds/tenancy';
import { usedSql } from '../dispatch-commands/pick-commands.js';
import type { LaneFacts, TenantFacts } from './tenant-facts.js';

interface FactsRow {
  readonly name: string;
  readonly revision: string;
  readonly state: TenantFacts['state'];
  readonly problems: readonly Problem[] | null;
  readonly spec: TenantSpec | null;
  readonly changed_at: Date;
  readonly orders_proved: Date | null;
  readonly stock_proved: Date | null;
  readonly prices_proved: Date | null;
  readonly lanes: readonly LaneFacts[];
  readonly held_orders: readonly HeldOrders[];
  readonly held_runs: readonly HeldRun[];
  readonly drift: number;
  readonly firm_taken_by: string | null;
  readonly firm_also_of: readonly string[];
  readonly per_minute: number | null;
  readonly declared_per_minute: number | null;
  readonly used: number;
  readonly waiting: number;
  readonly in_flight: number;
  readonly stock_unshown: boolean;
  readonly refused_readings: TenantFacts['refusedReadings'];
  readonly handled: readonly (Omit<HandledVerb, 'at'> & { readonly at: string })[];
}

/** Reasons for which orders are held that are told one by one; the commonest first. */
const reasonsTold = 20;

/** The facts of every tenant that the ledger knows, those removed included, by name. */
export async function listTenantFacts(ledger: Ledger): Promise<readonly TenantFacts[]> {
  return (await ledger.rows<FactsRow>(factsSql)).map((row) => ({
    name: row.name,
    revision: row.revision,
    ...servedOrNot(row),
    firmAlsoOf: row.firm_also_of,
    spec: row.spec,
    changedAt: row.changed_at,
    lanes: row.lanes,
    proved: { orders: row.orders_proved, stock: row.stock_proved, prices: row.prices_proved },
    heldOrders: row.held_orders.map(withoutNullMessage),
    heldRuns: row.held_runs,
    drift: row.drift,
    requests: row.per_minute === null ? null : { left: Math.max(0, row.per_minute - row.used), perMinute: row.per_minute },
    declaredPerMinute: row.declared_per_minute,
    waitingCommands: row.waiting,
    inFlight: row.in_flight,
    stockUnshown: row.stock_unshown,
    refusedReadings: row.refused_readings,
    handled: row.handled.map((verb) => ({ ...verb, at: new Date(verb.at).toISOString() })),
  }));
}

/** A tenant whose firm is another's stands as one whose manifest is wrong: nothing is done for it. */
function servedOrNot(row: FactsRow): Pick<TenantFacts, 'state' | 'problems' | 'firmTakenBy'> {
  const { state, problems, spec, firm_taken_by: firmTakenBy } = row;
  if (state === 'invalid') return { state, problems: problems ?? [], firmTakenBy: null };
  if (firmTakenBy === null || state === 'removed') return { state, problems: [], firmTakenBy: null };
  return { state: 'invalid', problems: [firmTaken(firmTakenBy, spec?.dilovod?.firm)], firmTakenBy };
}

function firmTaken(other: string, firm: string | undefined): Problem {
  return {
    path: 'spec.dilovod.firm',
    reason: [
      `the tenant ${other} was there first with the firm ${firm} of the same Dilovod base (same base URL, same key),`,
      `and each would take over the other's orders: write another firm, or the key of another base, or remove ${other}`,
    ].join(' '),
  };
}

function withoutNullMessage({ message, ...orders }: Omit<HeldOrders, 'message'> & { readonly message?: string | null }): HeldOrders {
  return message === null || message === undefined ? orders : { ...orders, message };
}

const provedSql = (flow: string) => `(select proved_at from schedules s where s.tenant = t.name and s.flow = '${flow}')`;
const listSql = (rows: string, order: string) => `(select coalesce(jsonb_agg(to_jsonb(r) order by ${order}), '[]') from (${rows}) r)`;

/** Words that come from Dilovod may name a person; they stay in the ledger. */
const heldOrdersSql = `
  select coalesce(o.held_reason, o.reason) as reason, count(*)::int as count, min(o.order_id)::text as first,
    (array_agg(case when o.refusals = '[]' and o.waits_for_person is null then o.message end order by o.order_id))[1] as message
  from orders o where o.tenant = t.name and (o.decision = 'park' or o.held_reason is not null) and o.dropped_essence is distinct from o.essence
  group by 1 order by count(*) desc, 1 limit ${reasonsTold}`;

const factsSql = `
  select t.name, t.revision, t.state, t.problems, t.spec, t.changed_at,
    ${provedSql('orders-updated')} as orders_proved, ${provedSql('stock')} as stock_proved, ${provedSql('prices')} as prices_proved,
    ${listSql(`select l.system, case when l.failures > 0 then l.open_reason end as trouble, l.failures from lane_states l where l.tenant = t.name`, 'r.system')} as lanes,
    ${listSql(heldOrdersSql, 'r.count desc, r.reason')} as held_orders,
    ${listSql(`select h.flow, h.reason, h.message from held_runs h where h.tenant = t.name and h.released_at is null`, 'r.flow')} as held_runs,
    (select count(*) from drift d where d.tenant = t.name and d.at > now() - interval '1 day')::int as drift,
    t.firm_taken_by,
    array(select o.name from tenants o where o.firm_taken_by = t.name and o.state <> 'removed' order by o.name) as firm_also_of,
    k.per_minute, k.declared_per_minute, coalesce(k.used, 0) as used,
    (select count(*) from commands c where c.tenant = t.name and c.state = 'pending')::int as waiting,
    (select count(*) from attempts a where a.tenant = t.name and a.settled_at is null)::int as in_flight,
    ${listSql(`select s.flow, s.refused ->> 'message' as message from schedules s where s.tenant = t.name and s.refused is not null`, 'r.flow')} as refused_readings,
    ${provedSql('catalogue')} is not null and exists (select 1 from offers o where o.tenant = t.name) and not exists (select 1 from positions p where p.tenant = t.name) as stock_unshown,
    ${listSql(`select v.verb, v.value, v.handled_at as at, v.result from tenant_verbs v where v.tenant = t.name and v.value is not null`, 'r.verb')} as handled
  from tenants t
  left join lateral (
    select l.per_minute, l.declared_per_minute, (select ${usedSql} from accounts a where a.id = l.account)::int as used
    from lane_states l where l.tenant = t.name and l.system = 'keycrm'
  ) k on true
  order by t.name`;
