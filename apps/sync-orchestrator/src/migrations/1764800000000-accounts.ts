import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Budget, single file and circuit belong to an account at a vendor; a lane is a tenant's queue in one. Whose account is
 * which is told by the gateways anew, and until then no lane runs.
 */
export class Accounts1764800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('the ledger is never thrown away by a migration');
  }
}

const statements = [
  `create table accounts (
    -- a digest of system, base URL and key
    id text primary key,
    system text not null check (system in ('keycrm', 'dilovod')),
    -- the smallest that a tenant of the account declares; null where only the number in flight is limited
    per_minute int,
    -- what the account is taken to have while that is less
    learned_per_minute int,
    learned_at timestamptz,
    max_in_flight int not null,
    turn_at timestamptz not null default 'epoch',
    open_until timestamptz,
    open_reason text,
    failures int not null default 0,
    created_at timestamptz not null default now()
  )`,
  `create index accounts_by_turn on accounts (turn_at)`,
  // Where the tenant's manifest says that account and key are; the account, once a gateway has told it; and when one
  // last told anything of it.
  `alter table lanes add column address text, add column account text, add column told_at timestamptz`,
  `create index lanes_of_account on lanes (account)`,
  `update lanes l set address = concat(t.spec -> l.system ->> 'baseUrl', ' ',
     t.spec -> l.system -> 'apiKeyRef' ->> 'name', '/', t.spec -> l.system -> 'apiKeyRef' ->> 'key')
   from tenants t where t.name = l.tenant and t.spec is not null`,
  `alter table attempts add column account text`,
  `drop index dilovod_one_at_a_time`,
  `create unique index dilovod_one_at_a_time on attempts (account) where system = 'dilovod' and settled_at is null`,
  `create index attempts_of_account_in_flight on attempts (account) where settled_at is null`,
  `drop index attempts_in_window`,
  `create index attempts_in_window on attempts (account, settled_at) where called`,
];
