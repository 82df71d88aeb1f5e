import type { Ledger } from '@kds/persistence';
import { type HeldSubject, nameOfHeld, textOfHeld } from './held-subject.js';
import { RefusedError } from './refused-error.js';
import { requireTenant } from './require-tenant.js';
import { wayOut } from './way-out.js';

/** Something that waits for a person, or for its cause to go. */
export interface HeldItem {
  readonly tenant: string;
  /** An order's number, `stock`, `prices` or `rows`; what the other verbs take. */
  readonly what: string;
  readonly reason: string;
  readonly message: string;
  readonly since: Date;
  /** When it goes by itself, in words. */
  readonly goesByItself: string;
  /** The facts behind the message: a difference of rows, missing goods, what a run would have done. */
  readonly detail: unknown;
}

interface HeldRow extends Omit<HeldItem, 'goesByItself'> {
  readonly kind: HeldSubject['kind'];
  readonly refused: boolean;
}

/** Of so many refusals a row is left alone, until it would say something else. */
export const leftAlone = 1_000;

const heldSql = `
  select 'order' as kind, o.tenant, o.order_id::text as what, coalesce(o.held_reason, o.reason) as reason, coalesce(o.message, '') as message, o.detail,
    o.refusals <> '[]' or o.decision <> 'park' as refused, coalesce(o.held_since, o.decided_at) as since
  from orders o join tenants t on t.name = o.tenant and t.state <> 'removed'
  where (o.decision = 'park' or o.held_reason is not null) and o.dropped_essence is distinct from o.essence
  union all
  select 'run', h.tenant, h.flow, h.reason, h.message, h.detail, false, h.since
  from held_runs h join tenants t on t.name = h.tenant and t.state <> 'removed'
  where h.released_at is null
  union all
  select 'rows', r.tenant, 'rows', 'refused-by-keycrm', 'KeyCRM refuses ' || string_agg(distinct r.sku, ', ' order by r.sku) || ': ' || min(r.said),
    jsonb_build_object('rows', jsonb_agg(jsonb_build_object('sku', r.sku, 'field', r.field, 'warehouse', r.warehouse_id, 'said', r.said) order by r.sku, r.warehouse_id)), true, min(r.at)
  from (
    select tenant, sku, 'stock' as field, warehouse_id, refused as said, refused_at as at, refusals from positions where refused is not null
    union all
    select tenant, sku, 'price', null, refused, refused_at, refusals from offers where refused is not null
  ) r join tenants t on t.name = r.tenant and t.state <> 'removed'
  where r.refusals < ${leftAlone}
  group by r.tenant`;

/** What is held, of one tenant or of all, what has waited longest first. */
export async function listHeld(ledger: Ledger, tenant?: string): Promise<readonly HeldItem[]> {
  if (tenant !== undefined) await requireTenant(ledger, tenant);
  const rows = await ledger.rows<HeldRow>(`select * from (${heldSql}) held where $1::text is null or tenant = $1 order by since, tenant, what`, [tenant ?? null]);
  return rows.map(toItem);
}

export async function findHeld(ledger: Ledger, tenant: string, subject: HeldSubject): Promise<HeldItem | undefined> {
  const [row] = await ledger.rows<HeldRow>(`select * from (${heldSql}) held where tenant = $1 and kind = $2 and what = $3`, [tenant, subject.kind, textOfHeld(subject)]);
  return row && toItem(row);
}

/** The held item, or a refusal that says how the thing stands instead. */
export async function loadHeld(ledger: Ledger, tenant: string, subject: HeldSubject): Promise<HeldItem> {
  await requireTenant(ledger, tenant);
  return (await findHeld(ledger, tenant, subject)) ?? refuseNotHeld(ledger, tenant, subject);
}

async function refuseNotHeld(ledger: Ledger, tenant: string, subject: HeldSubject): Promise<never> {
  if (subject.kind === 'rows') throw new RefusedError(`KeyCRM refuses nothing of ${tenant} at the moment.`);
  if (subject.kind === 'run') {
    const [released] = await ledger.rows('select 1 from held_runs where tenant = $1 and flow = $2', [tenant, subject.flow]);
    throw new RefusedError(released ? `${sentenceStart(subject)} of ${tenant} was released and is being computed again.` : `${sentenceStart(subject)} of ${tenant} is not held. \`kds held list --tenant ${tenant}\` shows what is.`);
  }
  const [order] = await ledger.rows<{ decision: string | null; reason: string | null; dropped: boolean }>(
    `select decision, reason, dropped_essence is not distinct from essence as dropped from orders where tenant = $1 and order_id = $2`,
    [tenant, subject.orderId],
  );
  if (order === undefined) throw new RefusedError(`Nothing is known of order ${subject.orderId} of ${tenant}: it was made before orders.since, or KeyCRM has not shown it yet.`);
  const state = order.dropped ? 'was dropped by a person, until it is edited in KeyCRM' : `was last decided: ${order.decision ?? 'nothing yet'}${order.reason ? ` (${order.reason})` : ''}`;
  throw new RefusedError(`Order ${subject.orderId} of ${tenant} is not held: it ${state}. \`kds order show ${tenant} ${subject.orderId}\` tells its story.`);
}

function sentenceStart(subject: HeldSubject): string {
  const name = nameOfHeld(subject);
  return `${name[0]?.toUpperCase()}${name.slice(1)}`;
}

function toItem({ kind, refused, ...item }: HeldRow): HeldItem {
  return { ...item, goesByItself: wayOut({ kind, reason: item.reason, refused }) };
}
