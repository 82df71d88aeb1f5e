import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The trace that a command, and the next look at an order, belong to; null where nothing is traced. */
export class Traces1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table commands add column traceparent text');
    await runner.query('alter table orders add column traceparent text');
  }

  async down(): Promise<void> {
    throw new Error('the ledger is never thrown away by a migration');
  }
}
