import { cutText } from '@kds/kernel';
import { type Logger, plainError } from '@kds/observability';
import { type Db, isPassingTrouble, row } from '@kds/persistence';
import type { OrderDecision } from '@kds/sync-domain';
import type { TenantSpec } from '@kds/tenancy';
import type { DataSource } from 'typeorm';
import type { OrderRecord } from '../orders/orders.repository.js';
import { planFields } from '../write-back/plan-fields.js';
import { withdrawWaiting } from './carry-out-decision.js';
import type { PassedOver } from './passed-over.js';
import { saveDecision } from './save-decision.js';

type Held = Extract<OrderDecision, { kind: 'park' }>;

interface FailedLookDeps {
  readonly database: DataSource;
  readonly logger: Logger;
  readonly passedOver: PassedOver;
  readonly spec: TenantSpec | undefined;
}

/** A trouble of the database itself is over soon. */
const passingMs = 2_000;
/** So long an order rests that cannot even be held. */
const unholdableMs = 60_000;
const longestCause = 300;

/**
 * Holds an order whose look failed, where a person sees it and why; it is looked at again by itself after half a
 * minute, then after twice as long each time, up to an hour, and at once when something happens to it. A trouble of the
 * database is nothing that a person could mend in the order: it is only tried again. Undefined when nothing was held.
 */
export async function settleFailedLook(
  { database, logger, passedOver, spec }: FailedLookDeps,
  order: OrderRecord,
  error: unknown,
): Promise<Held | undefined> {
  const about = { tenant: order.tenant, order: Number(order.order_id) };
  if (isPassingTrouble(error)) {
    logger.warn(
      { ...about, err: error },
      'an order could not be looked at for a trouble of the database; tried again in a moment',
    );
    passedOver.add(order, passingMs);
    return undefined;
  }
  logger.error({ ...about, err: error }, 'an order could not be looked at and is held');
  const decision = toHeld(error);
  try {
    if (!(await database.transaction((db) => hold(db, order, decision)))) return undefined;
  } catch (cause) {
    logger.error(
      { ...about, err: cause },
      'an order that could not be looked at cannot be held either; it is passed over for a minute',
    );
    passedOver.add(order, unholdableMs);
    return undefined;
  }
  await showInKeycrm({ database, logger, spec }, order, decision);
  return decision;
}

function toHeld(error: unknown): Held {
  const { type, code } = plainError(error);
  const what = `This order could not be looked at, so nothing is done about it: ${toCause(error)}.`;
  const message = `${what} It is tried again by itself; if it stays held, show this to whoever runs the service.`;
  return {
    kind: 'park',
    reason: 'look-failed',
    message,
    detail: { error: type, ...(code === undefined ? {} : { code }) },
  };
}

/** What went wrong, without what could tell of a person: values that are quoted, addresses, and long numbers. */
function toCause(error: unknown): string {
  const { message, code } = plainError(error);
  const ofPostgres = code !== undefined && /^[0-9A-Z]{5}$/.test(code);
  const unquoted = ofPostgres ? message : message.replace(/"[^"]*"?/g, '"…"');
  return cutText(
    unquoted
      .replace(/[^\s"'@]{1,64}@[^\s"'@]{1,255}/g, '…@…')
      .replace(/\+?\d[\d ()-]{7,}\d/g, '…')
      .replace(/\s+/g, ' ')
      .trim(),
    longestCause,
  );
}

/**
 * False when somebody else has looked at the order meanwhile, or something has happened to it: then it stands
 * otherwise.
 */
async function hold(db: Db, order: OrderRecord, decision: Held): Promise<boolean> {
  const { tenant, order_id, dirty_since } = order;
  const held = await row(
    db,
    `update orders set looks_failed = looks_failed + 1, traceparent = null,
       dirty_since = clock_timestamp() + least(interval '1 hour', interval '30 seconds' * 2 ^ least(looks_failed, 10))
     where tenant = $1 and order_id = $2 and dirty_since = $3::timestamptz returning 1`,
    [tenant, order_id, dirty_since],
  );
  if (held === undefined) return false;
  await withdrawWaiting(db, order);
  await saveDecision(db, { order, decision });
  return true;
}

/** In a transaction of its own: what kept the order from being looked at may well be what is written here. */
async function showInKeycrm(
  { database, logger, spec }: Omit<FailedLookDeps, 'passedOver'>,
  order: OrderRecord,
  decision: Held,
): Promise<void> {
  if (spec === undefined) return;
  try {
    await database.transaction((db) => planFields(db, { order, decision, spec }));
  } catch (error) {
    logger.error(
      { tenant: order.tenant, order: Number(order.order_id), err: error },
      'why an order is held cannot be shown in KeyCRM',
    );
  }
}
