import { cutText } from '@kds/kernel';
import { type Db, execute, type Ledger, ledgerOn, row } from '@kds/persistence';
import type { TenantObjects } from '@kds/tenancy';
import type { DataSource } from 'typeorm';
import { nameOfHeld, readHeldSubject } from '../settle-held/held-subject.js';
import { RefusedError } from '../settle-held/refused-error.js';
import { requireTenant } from '../settle-held/require-tenant.js';
import { type AfterShipment, dropHeld, releaseHeld } from '../settle-held/settle-held.js';
import { requestedValue, type Verb } from './requested-verbs.js';

export interface CarryOutDeps {
  readonly database: DataSource;
  readonly objects: Pick<TenantObjects, 'read'>;
}

/** What begins at once with each verb. */
const flowsOf: Readonly<Record<Exclude<Verb, 'release' | 'drop'>, readonly string[]>> = {
  'run-orders': ['orders-updated', 'orders-recent'],
  'run-stock': ['stock'],
  'run-prices': ['prices'],
  'run-read-back': ['catalogue'],
};

/**
 * Carries out what an annotation asks for, unless its value is the one that was handled last. What is done and that it was done are one transaction, and the
 * object is read again once nobody else can be at it: an instance that sees an older object does not do an older thing again. True when something was done.
 */
export async function carryOutVerb({ database, objects }: CarryOutDeps, tenant: string, verb: Verb): Promise<boolean> {
  return database.transaction(async (db) => {
    const handled = await lockVerb(db, tenant, verb);
    const object = await objects.read(tenant);
    if (object === undefined || object.metadata.deletionTimestamp !== undefined) return false;
    const value = requestedValue(object, verb);
    if (value === handled) return false;
    const result = value === undefined ? null : await act(ledgerOn(db), { tenant, verb, value });
    await execute(db, `update tenant_verbs set value = $3, handled_at = clock_timestamp(), result = $4 where tenant = $1 and verb = $2`, [tenant, verb, value ?? null, result]);
    return value !== undefined;
  });
}

async function lockVerb(db: Db, tenant: string, verb: Verb): Promise<string | undefined> {
  await execute(db, `insert into tenant_verbs (tenant, verb) values ($1, $2) on conflict do nothing`, [tenant, verb]);
  return (await row<{ value: string | null }>(db, `select value from tenant_verbs where tenant = $1 and verb = $2 for update`, [tenant, verb]))?.value ?? undefined;
}

interface Asked {
  readonly tenant: string;
  readonly verb: Verb;
  readonly value: string;
}

/** What was done, in words for whoever asked. */
async function act(ledger: Ledger, { tenant, verb, value }: Asked): Promise<string> {
  if (verb !== 'release' && verb !== 'drop') return runNow(ledger, tenant, flowsOf[verb]);
  const wanted = value.split(',').map((text) => text.trim()).filter((text) => text !== '');
  const results: string[] = [];
  for (const text of wanted) results.push(await settle(ledger, { tenant, verb, value: text }));
  return results.join('; ');
}

async function runNow(ledger: Ledger, tenant: string, flows: readonly string[]): Promise<string> {
  const { state } = await requireTenant(ledger, tenant);
  await ledger.rows(`update schedules set due_at = clock_timestamp() where tenant = $1 and flow = any ($2)`, [tenant, flows]);
  return state === 'active' ? 'due now' : `due as soon as the tenant is active; it is ${state}`;
}

/** `order/9051`, `9051`, `9051=return`, `stock` or `prices`. What cannot be done is said, and the rest is done. */
async function settle(ledger: Ledger, { tenant, verb, value }: Asked): Promise<string> {
  const [, what = '', as] = /^(?:order\/|run\/)?([^=]*)(?:=(return|reverse))?$/.exec(value) ?? [];
  const subject = readHeldSubject(what);
  if (subject === undefined || (verb === 'drop' && as !== undefined)) return `${cutText(value, 40)}: write order/<number>, stock or prices; for an order after its shipment also order/<number>=return or =reverse`;
  try {
    const decision = { tenant, subject, operator: `kubectl annotate kds.io/${verb}`, as: as as AfterShipment | undefined };
    await (verb === 'drop' ? dropHeld : releaseHeld)(ledger, decision);
    return `${nameOfHeld(subject)} is ${verb === 'drop' ? 'dropped' : 'released'}`;
  } catch (error) {
    if (error instanceof RefusedError) return error.message;
    throw error;
  }
}
