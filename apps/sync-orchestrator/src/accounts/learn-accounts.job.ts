import { failureRule, type System } from '@kds/contracts';
import type { Bus } from '@kds/messaging';
import type { Logger } from '@kds/observability';
import { execute, rows } from '@kds/persistence';
import type { DataSource } from 'typeorm';
import { askAccounts } from './ask-accounts.js';
import { judgeFirms } from './judge-firms.js';
import { tellAccount } from './tell-account.js';

export interface LearnAccountsDeps {
  readonly database: DataSource;
  readonly bus: Pick<Bus, 'askAll'>;
  readonly logger: Logger;
}

/** Tenants in one question; an answer stays far below what the bus carries at once. */
const perQuestion = 500;

/**
 * Asks the gateways for accounts that are not known, which keeps their lanes from running. True when one was told, so
 * that it may go now.
 */
export async function learnAccounts(deps: LearnAccountsDeps): Promise<boolean> {
  const unknown = await rows<{ tenant: string; system: System }>(deps.database.manager, unknownSql, [perQuestion]);
  const learnt = await Promise.all(
    (['keycrm', 'dilovod'] as const).map((system) =>
      learn(
        deps,
        system,
        unknown.flatMap((lane) => (lane.system === system ? [lane.tenant] : [])),
      ),
    ),
  );
  const told = learnt.some(Boolean);
  if (told) await judgeFirms(deps);
  return told;
}

async function learn(deps: LearnAccountsDeps, system: System, tenants: readonly string[]): Promise<boolean> {
  if (tenants.length === 0) return false;
  const { said, silent } = await askAccounts(deps, system, tenants);
  let told = false;
  for (const one of said) told = (await tellAccount(deps.database, one)) || told;
  await execute(deps.database.manager, silentSql, [
    silent,
    system,
    failureRule('gateway-silent', 'read-order').restMs(1),
  ]);
  return told;
}

const unknownSql = `
  select l.tenant, l.system from lanes l join tenants t on t.name = l.tenant and t.state in ('active', 'suspended')
  where l.account is null and (l.open_until is null or l.open_until <= clock_timestamp())
  order by l.told_at nulls first limit $1`;

/**
 * Nobody who serves the tenant's pool has said anything: it is asked again a little later, or a gateway says so when it
 * comes. Of several instances one counts.
 */
const silentSql = `
  with silent as (
    select tenant, system from lanes
    where tenant = any ($1) and system = $2 and account is null
      and (open_until is null or open_until <= clock_timestamp())
    order by tenant for update skip locked
  )
  update lanes l set failures = l.failures + 1, open_reason = 'gateway-silent',
    open_until = clock_timestamp() + $3 * interval '1 millisecond'
  from silent where l.tenant = silent.tenant and l.system = silent.system`;
