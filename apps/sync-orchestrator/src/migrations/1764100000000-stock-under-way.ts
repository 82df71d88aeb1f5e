import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is under way between the two stocks is kept per order with what the accepted snapshot contains of it; every order is looked at again to fill it.
 * Rows that KeyCRM refuses, what was read back of a write, prices that were agreed, runs that a person dropped, and when a flow was last started.
 */
export class StockUnderWay1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('the ledger is never thrown away by a migration');
  }
}

const statements = [
  `alter table write_offs add column taken boolean not null default true,
     add column contained numeric not null default 0,
     add column settled boolean not null default false`,
  `create index write_offs_under_way on write_offs (tenant) where not settled`,
  `create index movements_of_order on movements (tenant, order_id)`,
  `drop index movements_by_good`,
  `create index orders_in_doubt on orders (tenant) where doubt_attempt is not null`,
  `alter table positions add column refused_value numeric, add column refused_at timestamptz, add column refusals int not null default 0,
     add column verified_at timestamptz, add column places smallint`,
  `alter table offers add column refused_price numeric, add column refused_cost numeric, add column refused_at timestamptz, add column refusals int not null default 0,
     add column verified_at timestamptz, add column agreed_price numeric, add column agreed_cost numeric`,
  `alter table held_runs add column fingerprint text not null default ''`,
  `create table dropped_runs (
    tenant text not null, flow text not null, fingerprint text not null, at timestamptz not null default now(),
    primary key (tenant, flow)
  )`,
  `alter table schedules add column started_at timestamptz`,
  `update orders set dirty_since = coalesce(dirty_since, clock_timestamp())`,
];
