import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Of two tenants that keep their books with one firm of one base, the later is not served. And how a lane stands, with
 * what its account adds.
 */
export class Firms1764810000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('the ledger is never thrown away by a migration');
  }
}

const statements = [
  `alter table tenants
     add column first_seen_at timestamptz not null default now(),
     add column firm text,
     -- whether commands may leave for it: its base is known, and nobody else has its firm there
     add column served boolean not null default true,
     add column firm_taken_by text,
     -- counts changes of firm and base, so that no judgement of an older state is put in force
     add column claim int not null default 0`,
  `update tenants set first_seen_at = changed_at, firm = spec -> 'dilovod' ->> 'firm', served = false`,
  // How a lane stands: the limits of its account, and whichever of the two rests, has failed more or had its turn last.
  `create view lane_states as
   select l.tenant, l.system, l.pool, l.account, l.told_at,
     coalesce(a.per_minute, l.per_minute) as declared_per_minute,
     coalesce(a.learned_per_minute, a.per_minute, l.per_minute) as per_minute,
     coalesce(a.max_in_flight, l.max_in_flight) as max_in_flight,
     greatest(l.turn_at, a.turn_at) as turn_at,
     greatest(l.open_until, a.open_until) as open_until,
     case when a.failures >= l.failures and a.open_reason is not null then a.open_reason
       else coalesce(l.open_reason, a.open_reason) end as open_reason,
     greatest(l.failures, a.failures) as failures
   from lanes l left join accounts a on a.id = l.account`,
];
