import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is kept in stock at all, in which currency cards are kept, which SKUs another system may take for one another,
 * and since when all that is believed. What a list that came in pages did not show is asked for again before anything
 * follows from that.
 */
export class AskedAgain1764910000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('the ledger is never thrown away by a migration');
  }
}

const statements = [
  // Goods that the stock register was ever seen to hold.
  `create table goods_stocked (tenant text not null, good text not null, primary key (tenant, good))`,
  `insert into goods_stocked (tenant, good) select distinct tenant, good from balances`,
  // The attempt that read a balance, where that is not the accepted snapshot.
  `alter table balances add column attempt bigint`,
  `create index balances_apart on balances (tenant) where attempt is not null`,
  `alter table goods add column read_at timestamptz not null default clock_timestamp(), add column folded text`,
  `update goods set folded = lower(btrim(article))`,
  `create index goods_by_folded on goods (tenant, folded)`,
  `alter table offers add column folded text,
     add column card_currency text,
     add column card_read_at timestamptz,
     add column card_asked_at timestamptz,
     -- asked for, and not among the answer
     add column card_unanswered boolean not null default false`,
  `update offers set folded = lower(btrim(sku))`,
  `create index offers_by_folded on offers (tenant, folded)`,
  `create table sku_twins (
    tenant text not null, system text not null check (system in ('keycrm', 'dilovod')), sku text not null,
    folded text not null,
    -- asked for by this name, the system showed another; null: not known yet
    folds boolean,
    read_at timestamptz,
    primary key (tenant, system, sku)
  )`,
  `create index sku_twins_by_folded on sku_twins (tenant, system, folded)`,
  `alter table positions add column places_at timestamptz`,
  `update positions set places_at = clock_timestamp() where places is not null`,
  `insert into schedules (tenant, flow) select name, 'stock-history' from tenants on conflict do nothing`,
];
