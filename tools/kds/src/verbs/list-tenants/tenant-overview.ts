import type { Ledger } from '@kds/persistence';

/** How one tenant stands at this moment. */
export interface TenantOverview {
  readonly name: string;
  readonly mode: 'shadow' | 'pilot' | 'live' | null;
  readonly state: 'active' | 'suspended' | 'invalid';
  /** What is wrong with the manifest. */
  readonly problems: readonly { readonly path: string; readonly reason: string }[];
  /** When each flow was last known to be in step. */
  readonly proved: { readonly orders: Date | null; readonly stock: Date | null; readonly prices: Date | null };
  readonly held: { readonly orders: number; readonly runs: number };
  readonly driftLastDay: number;
  /** Of KeyCRM's requests this minute; null before the manifest was valid for the first time. */
  readonly requests: { readonly left: number; readonly perMinute: number } | null;
  readonly waitingCommands: number;
}

interface TenantRow {
  readonly name: string;
  readonly mode: TenantOverview['mode'];
  readonly state: TenantOverview['state'];
  readonly problems: TenantOverview['problems'] | null;
  readonly orders_proved: Date | null;
  readonly stock_proved: Date | null;
  readonly prices_proved: Date | null;
  readonly held_orders: number;
  readonly held_runs: number;
  readonly drift: number;
  readonly per_minute: number | null;
  readonly used: number;
  readonly waiting: number;
}

export async function listTenants(ledger: Ledger): Promise<readonly TenantOverview[]> {
  return (await ledger.rows<TenantRow>(tenantsSql)).map((row) => ({
    name: row.name,
    mode: row.mode,
    state: row.state,
    problems: row.state === 'invalid' ? (row.problems ?? []) : [],
    proved: { orders: row.orders_proved, stock: row.stock_proved, prices: row.prices_proved },
    held: { orders: row.held_orders, runs: row.held_runs },
    driftLastDay: row.drift,
    requests: row.per_minute === null ? null : { left: Math.max(0, row.per_minute - row.used), perMinute: row.per_minute },
    waitingCommands: row.waiting,
  }));
}

const provedSql = (flow: string) => `(select proved_at from schedules s where s.tenant = t.name and s.flow = '${flow}')`;

const tenantsSql = `
  select t.name, t.spec ->> 'mode' as mode, t.state, t.problems,
    ${provedSql('orders-updated')} as orders_proved, ${provedSql('stock')} as stock_proved, ${provedSql('prices')} as prices_proved,
    (select count(*) from orders o where o.tenant = t.name and o.decision = 'park' and o.dropped_essence is distinct from o.essence)::int as held_orders,
    (select count(*) from held_runs h where h.tenant = t.name and h.released_at is null)::int as held_runs,
    (select count(*) from drift d where d.tenant = t.name and d.at > now() - interval '1 day')::int as drift,
    (select per_minute from lanes l where l.tenant = t.name and l.system = 'keycrm') as per_minute,
    (select count(*) from attempts a where a.tenant = t.name and a.system = 'keycrm'
      and (a.settled_at is null or (a.called and a.settled_at > now() - interval '61 seconds')))::int as used,
    (select count(*) from commands c where c.tenant = t.name and c.state = 'pending')::int as waiting
  from tenants t where t.state <> 'removed' order by t.name`;
