import type { MigrationInterface, QueryRunner } from 'typeorm';

/** All live documents of a client's base are listed from time to time, not only the orders that have some; every client's list is read anew. */
export class DocumentsListed1764300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('the ledger is never thrown away by a migration');
  }
}

const statements = [
  `drop table orders_documented`,
  `create table documents_listed (
    tenant text not null, document text not null, type text not null check (type in ('saleOrder', 'sale', 'saleReturn')),
    -- whose key it bears
    order_id bigint,
    number text, person text, amount numeric, made_on date,
    mentions jsonb not null,
    primary key (tenant, document)
  )`,
  `create index documents_listed_by_order on documents_listed (tenant, order_id) where order_id is not null`,
  `create index documents_listed_by_person on documents_listed (tenant, person) where order_id is null`,
  `create index documents_listed_by_mention on documents_listed using gin (mentions jsonb_path_ops) where order_id is null`,
  // Since which day documents are listed, and when they were listed last.
  `alter table tenants add column documents_from date, add column documents_listed_at timestamptz`,
  `update tenants set adopted_at = null, revision = ''`,
  // When the order was held last: somebody may have helped themselves since.
  `alter table orders add column held_at timestamptz`,
  `update orders set held_at = decided_at where decision = 'park'`,
  `update orders set binding = '{"marked": null}' || binding`,
  `create index orders_by_document on orders (tenant, (binding -> 'saleOrder' ->> 'id'))`,
];
