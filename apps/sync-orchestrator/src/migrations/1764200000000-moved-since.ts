import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An order knows how much of it our documents moved at all; what they moved since the snapshot is taken off the balance instead. */
export class MovedSince1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table write_offs rename column contained to moved`);
    await runner.query(`create index movements_by_attempt on movements (tenant, attempt)`);
    await runner.query(`update orders set dirty_since = coalesce(dirty_since, clock_timestamp())`);
  }

  async down(): Promise<void> {
    throw new Error('the ledger is never thrown away by a migration');
  }
}
