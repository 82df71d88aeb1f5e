import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * In which currency orders of a source come, and what the ids of a base's currencies stand for; both are read from time
 * to time, for every client.
 */
export class Currencies1764900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('the ledger is never thrown away by a migration');
  }
}

const statements = [
  `create table currencies (
    tenant text not null, currency text not null,
    -- ISO 4217
    code text not null,
    read_at timestamptz not null default clock_timestamp(),
    primary key (tenant, currency)
  )`,
  `create table sources (
    tenant text not null, source_id bigint not null,
    name text not null,
    -- ISO 4217; null where KeyCRM does not say
    currency text,
    read_at timestamptz not null default clock_timestamp(),
    primary key (tenant, source_id)
  )`,
  `insert into schedules (tenant, flow)
   select name, flow from tenants cross join unnest(array['currencies', 'sources']) as flow on conflict do nothing`,
];
