import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What happens again and again with the same words is kept once, with how often and when last; and an order knows since when it is held for its reason. */
export class ToldOnce1764700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('the ledger is never thrown away by a migration');
  }
}

const statements = [
  // Kept while what is held is tried again; `held_at` stays the last time that the order was held.
  `alter table orders add column held_reason text, add column held_since timestamptz`,
  `update orders o set held_reason = o.reason, held_since = coalesce((
     select min(j.at) from order_journal j
     where j.tenant = o.tenant and j.order_id = o.order_id and j.entry = 'decided: park' and j.reason = o.reason
       and j.id > coalesce((select max(k.id) from order_journal k where k.tenant = o.tenant and k.order_id = o.order_id and (k.entry in ('decided: nothing', 'released') or (k.entry = 'decided: park' and k.reason <> o.reason))), 0)
   ), o.decided_at) where o.decision = 'park'`,
  `create index orders_held on orders (tenant) where held_reason is not null`,
  // How often a line was told; `at` is the first time.
  `alter table order_journal add column times int not null default 1, add column last_at timestamptz`,
  // How often it ended like this, and when for the first time.
  `alter table commands add column times int not null default 1, add column first_settled_at timestamptz`,
  `update commands set settled_at = created_at where state = 'superseded' and settled_at is null`,
  `create index commands_to_tidy on commands (settled_at) where state not in ('pending', 'dispatched')`,
  `create index attempts_to_tidy on attempts (settled_at) where settled_at is not null`,
];
