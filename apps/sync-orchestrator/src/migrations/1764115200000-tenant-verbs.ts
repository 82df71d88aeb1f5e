import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The annotations that were carried out last, by tenant and verb; so that none is carried out twice, whoever looks. */
export class TenantVerbs1764115200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table tenant_verbs (
      tenant text not null, verb text not null,
      value text,
      handled_at timestamptz,
      result text,
      primary key (tenant, verb)
    )`);
  }

  async down(): Promise<void> {
    throw new Error('the ledger is never thrown away by a migration');
  }
}
