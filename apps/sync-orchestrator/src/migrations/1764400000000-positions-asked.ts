import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a position that KeyCRM moved by itself was asked for, so that one that is never answered is written in the end. */
export class PositionsAsked1764400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table positions add column asked_at timestamptz');
  }

  async down(): Promise<void> {
    throw new Error('the ledger is never thrown away by a migration');
  }
}
