import type { DilovodHint } from '@kds/contracts';
import type { Db } from '@kds/persistence';
import { doubtAll, lookAgain } from '../orders/orders.repository.js';

/** A base may tell of our own changes, too: so soon after one nobody looks. */
const echoSeconds = 60;

/** Somebody said that a document changed: when it is one of an order's, its documents are looked at before anything is believed. */
export async function followDocumentHint(db: Db, { tenant, objectId }: Pick<DilovodHint, 'tenant' | 'objectId'>): Promise<void> {
  await lookAgain(db, { tenant, where: `${holdsSql} and o.binding ->> 'doubt' is null and not exists (${ownSql})`, parameters: [objectId], also: doubtAll });
}

/** Shipments and returns are known by what they moved. */
const holdsSql = `(o.binding -> 'saleOrder' ->> 'id' = $2 or o.order_id in (select m.order_id from movements m where m.tenant = $1 and m.document = $2))`;

const ownSql = `
  select 1 from commands c join attempts a on a.command_id = c.id
  where c.tenant = o.tenant and c.system = 'dilovod' and c.subject = 'order:' || o.order_id and coalesce(a.settled_at, clock_timestamp()) > clock_timestamp() - interval '${echoSeconds} seconds'`;
