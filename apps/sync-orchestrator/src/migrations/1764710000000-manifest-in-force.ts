import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which manifest is in force is known by its number and its object, so that an instance that holds an older one does not put it back. */
export class ManifestInForce1764710000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table tenants add column uid text, add column generation bigint`);
  }

  async down(): Promise<void> {
    throw new Error('the ledger is never thrown away by a migration');
  }
}
