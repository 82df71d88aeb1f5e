import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The ledger: tenants, lanes, commands and their attempts, orders, persons, goods, stock and prices, what is held. */
export class Ledger1763900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('the ledger is never thrown away by a migration');
  }
}

const statements = [
  `create table tenants (
    name text primary key,
    revision text not null,
    spec jsonb,
    state text not null check (state in ('active', 'suspended', 'invalid', 'removed')),
    problems jsonb,
    changed_at timestamptz not null default now(),
    -- since when it is known of which orders Dilovod held documents before
    adopted_at timestamptz
  )`,
  `create table orders_documented (tenant text not null, order_id bigint not null, primary key (tenant, order_id))`,
  `create table tenant_warehouses (
    tenant text not null, warehouse_id int not null, storage text not null, ships boolean not null,
    primary key (tenant, storage)
  )`,
  `create table lanes (
    tenant text not null, system text not null check (system in ('keycrm', 'dilovod')),
    pool text not null,
    per_minute int,
    max_in_flight int not null,
    turn_at timestamptz not null default 'epoch',
    open_until timestamptz,
    open_reason text,
    failures int not null default 0,
    primary key (tenant, system)
  )`,
  `create table commands (
    id bigint generated always as identity primary key,
    tenant text not null, system text not null, kind text not null,
    subject text not null,
    priority smallint not null,
    payload jsonb not null,
    state text not null default 'pending' check (state in ('pending', 'dispatched', 'done', 'rejected', 'unknown', 'superseded')),
    not_before timestamptz not null default now(),
    tries int not null default 0,
    failure jsonb,
    created_at timestamptz not null default now(),
    settled_at timestamptz
  )`,
  `create index commands_waiting on commands (tenant, system, priority, id) where state = 'pending'`,
  `create unique index commands_once_waiting on commands (tenant, system, subject, kind) where state = 'pending'`,
  `create index commands_by_subject on commands (tenant, subject, id)`,
  `create unique index dilovod_one_at_a_time on commands (tenant) where system = 'dilovod' and state = 'dispatched'`,
  `create table attempts (
    id bigint generated always as identity primary key,
    command_id bigint not null references commands (id),
    tenant text not null, system text not null,
    dispatched_at timestamptz not null default clock_timestamp(),
    lease_until timestamptz not null,
    settled_at timestamptz,
    outcome text,
    called boolean,
    calls jsonb,
    failure jsonb
  )`,
  // Attempts name messages on a bus that may outlive this database: no two databases may ever give out the same number.
  `select setval(pg_get_serial_sequence('attempts', 'id'), (extract(epoch from clock_timestamp()) * 1000000)::bigint)`,
  `create index attempts_of_command on attempts (command_id)`,
  `create index attempts_in_flight on attempts (tenant, system) where settled_at is null`,
  `create index attempts_in_window on attempts (tenant, system, settled_at) where called`,
  `create index attempts_by_lease on attempts (lease_until) where settled_at is null`,
  `create table message_parts (
    whole text not null, part int not null, parts int not null, text text not null,
    received_at timestamptz not null default now(),
    primary key (whole, part)
  )`,
  `create table orders (
    tenant text not null, order_id bigint not null,
    observation jsonb not null,
    essence text not null,
    dropped_essence text,
    observed_attempt bigint not null,
    observed_at timestamptz not null default now(),
    binding jsonb not null,
    doubt_attempt bigint,
    refusals jsonb not null default '[]',
    released jsonb,
    decision text, reason text, message text, detail jsonb,
    decided_at timestamptz,
    waits_for_person text,
    waits_for_goods boolean not null default false,
    written_fields jsonb,
    dirty_since timestamptz,
    primary key (tenant, order_id)
  )`,
  `create index orders_to_look_at on orders (dirty_since) where dirty_since is not null`,
  `create index orders_waiting_for_person on orders (tenant, waits_for_person) where waits_for_person is not null`,
  `create index orders_parked on orders (tenant, reason) where decision = 'park'`,
  `create table order_journal (
    id bigint generated always as identity primary key,
    tenant text not null, order_id bigint not null,
    at timestamptz not null default clock_timestamp(),
    entry text not null, reason text, detail jsonb
  )`,
  `create index order_journal_by_order on order_journal (tenant, order_id, id)`,
  `create table persons (
    tenant text not null, key text not null,
    state text not null check (state in ('absent', 'known', 'unknown', 'refused')),
    person_id text, choice jsonb, failure jsonb,
    changed_at timestamptz not null default now(),
    primary key (tenant, key)
  )`,
  `create table goods (
    tenant text not null, good text not null,
    article text, name text not null, unit text,
    read_attempt bigint not null,
    primary key (tenant, good)
  )`,
  `create index goods_by_article on goods (tenant, article)`,
  `create table goods_asked (
    tenant text not null, article text not null, attempt bigint not null, at timestamptz not null default now(),
    primary key (tenant, article)
  )`,
  `create table balances (
    tenant text not null, good text not null, storage text not null,
    qty numeric not null, amount numeric not null,
    primary key (tenant, good, storage)
  )`,
  `create table retail_prices (
    tenant text not null, good text not null, price numeric not null, currency text,
    primary key (tenant, good)
  )`,
  `create table snapshots (
    tenant text not null, kind text not null check (kind in ('balances', 'prices')),
    attempt bigint not null, rows int not null, accepted_at timestamptz not null default now(),
    primary key (tenant, kind)
  )`,
  `create table write_offs (
    tenant text not null, order_id bigint not null, sku text not null, warehouse_id int not null,
    quantity numeric not null,
    primary key (tenant, order_id, sku, warehouse_id)
  )`,
  `create table movements (
    tenant text not null, order_id bigint not null, document text not null, good text not null, storage text not null,
    quantity numeric not null, attempt bigint not null
  )`,
  `create index movements_by_good on movements (tenant, good, storage)`,
  `create unique index movements_once on movements (tenant, document, good, storage, attempt)`,
  `create table offers (
    tenant text not null, offer_id bigint not null, sku text,
    price numeric, cost numeric,
    written_at timestamptz,
    refused text,
    pass bigint not null default 0,
    read_at timestamptz not null default now(),
    primary key (tenant, offer_id)
  )`,
  `create index offers_by_sku on offers (tenant, sku)`,
  `create table positions (
    tenant text not null, sku text not null, warehouse_id int not null,
    known numeric,
    known_at timestamptz,
    written_at timestamptz,
    written numeric,
    moved_at timestamptz,
    doubted_at timestamptz,
    refused text,
    primary key (tenant, sku, warehouse_id)
  )`,
  `create table schedules (
    tenant text not null, flow text not null,
    due_at timestamptz not null default now(),
    cursor jsonb,
    proved_at timestamptz,
    -- why the other side did not let it be read the last time
    refused jsonb,
    primary key (tenant, flow)
  )`,
  `create index schedules_due on schedules (due_at)`,
  `create table held_runs (
    tenant text not null, flow text not null check (flow in ('stock', 'prices')),
    reason text not null, message text not null, detail jsonb,
    since timestamptz not null default now(),
    released_at timestamptz,
    primary key (tenant, flow)
  )`,
  `create table drift (
    id bigint generated always as identity primary key,
    tenant text not null, sku text not null, warehouse_id int,
    field text not null, expected numeric, found numeric, class text not null,
    at timestamptz not null default now()
  )`,
  `create index drift_by_tenant on drift (tenant, at)`,
];
