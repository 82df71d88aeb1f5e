import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether an account takes a written quantity for the whole balance or for what is left beside its reserve is learned from what is read back. */
export class StockBesideReserve1764500000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table tenants add column writes_beside_reserve boolean not null default false`);
    // As read; as it was left out of the last write; and what was known before that.
    await runner.query(`alter table positions add column reserve numeric not null default 0, add column left_out numeric not null default 0, add column replaced numeric`);
  }

  async down(): Promise<void> {
    throw new Error('the ledger is never thrown away by a migration');
  }
}
