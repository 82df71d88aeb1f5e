import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Goods whose rows a snapshot of balances held and nobody could read; and how often in a row a look at an order failed.
 */
export class UnreadableRows1764600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table snapshots add column unreadable text[] not null default '{}'`);
    await runner.query(`alter table orders add column looks_failed int not null default 0`);
  }

  async down(): Promise<void> {
    throw new Error('the ledger is never thrown away by a migration');
  }
}
