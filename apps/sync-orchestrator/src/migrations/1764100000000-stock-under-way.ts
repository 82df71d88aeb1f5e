import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is under way between the two stocks is kept per order with what the accepted snapshot contains of it. Every order is looked at again to fill it. */
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
  `update orders set dirty_since = coalesce(dirty_since, clock_timestamp())`,
];
