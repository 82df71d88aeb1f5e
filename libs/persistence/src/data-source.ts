import 'reflect-metadata';
import type { Pool } from 'pg';
import { DataSource, type EntityManager, type MigrationInterface } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { toStorable } from './to-storable.js';

/** A way to ask Postgres, inside a transaction or not. */
export type Db = Pick<EntityManager, 'query'>;

type MigrationClass = new () => MigrationInterface;

/** Any constant will do as long as every instance takes the same. */
const migrationLock = 7_305_551;

/** Connects, and brings the schema up to date; several instances starting at once do so one after the other. */
export async function openDatabase({ url, migrations, poolSize = 12, applicationName }: { readonly url: string; readonly migrations: readonly MigrationClass[]; readonly poolSize?: number; readonly applicationName: string }): Promise<DataSource> {
  const source = new DataSource({ type: 'postgres', url, migrations: [...migrations], poolSize, applicationName, migrationsTransactionMode: 'each', logging: false });
  await source.initialize();
  try {
    await migrate(source);
  } catch (error) {
    await source.destroy();
    throw error;
  }
  return source;
}

async function migrate(source: DataSource): Promise<void> {
  const runner = source.createQueryRunner();
  try {
    await runner.query('select pg_advisory_lock($1)', [migrationLock]);
    await source.runMigrations();
  } finally {
    await runner.query('select pg_advisory_unlock($1)', [migrationLock]);
    await runner.release();
  }
}

/** What the operator's program and this system's services both ask through: rows only, whoever holds the connection. */
export interface Ledger {
  /** Rows of a query, typed by the caller, who wrote the columns. */
  rows<Row>(sql: string, parameters?: readonly unknown[]): Promise<readonly Row[]>;
}

export function ledgerOn(db: Db): Ledger {
  return { rows: (sql, parameters) => rows(db, sql, parameters) };
}

/** Rows of a query, typed by the caller, who wrote the columns. */
export async function rows<T>(db: Db, sql: string, parameters: readonly unknown[] = []): Promise<readonly T[]> {
  const answer: unknown = await db.query(sql, parameters.map(toStorable));
  // TypeORM answers [rows, count] for statements that change rows.
  const list = Array.isArray(answer) && answer.length === 2 && Array.isArray(answer[0]) && typeof answer[1] === 'number' ? answer[0] : answer;
  return list as readonly T[];
}

export async function row<T>(db: Db, sql: string, parameters: readonly unknown[] = []): Promise<T | undefined> {
  return (await rows<T>(db, sql, parameters))[0];
}

/** Changed rows, for statements whose rows do not matter. */
export async function execute(db: Db, sql: string, parameters: readonly unknown[] = []): Promise<void> {
  await db.query(sql, parameters.map(toStorable));
}

/**
 * Rows of a query that compares whole catalogues, inside a transaction. Its intermediate tables have no statistics, and a planner that believes them
 * small would compare every row with every other.
 */
export async function rowsSetWise<T>(db: Db, sql: string, parameters: readonly unknown[] = []): Promise<readonly T[]> {
  await db.query('set local enable_nestloop = off');
  const found = await rows<T>(db, sql, parameters);
  await db.query('set local enable_nestloop = on');
  return found;
}

/** How a query ended; `ms` is undefined for one that failed. */
export type QueryListener = (ended: { readonly ms: number | undefined }) => void;

/** Tells of every query of a connection's pool. */
export function onQueryEnded(source: DataSource, listener: QueryListener): void {
  source.subscribers.push({ afterQuery: ({ success, executionTime }) => listener({ ms: success ? executionTime : undefined }) });
}

/** Connections of a pool: in use, idle, and how many wait for one. */
export function poolUse(source: DataSource): { readonly busy: number; readonly idle: number; readonly waiting: number } {
  const { totalCount, idleCount, waitingCount } = (source.driver as PostgresDriver).master as Pool;
  return { busy: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
}

/** The rows of a JSON parameter that holds them by column (`{"sku": ["A", …], …}`), each member as text. */
export function columnsSql(parameter: string, members: readonly string[]): string {
  return `rows from (${members.map((member) => `jsonb_array_elements_text(${parameter}::jsonb -> '${member}')`).join(', ')}) as r(${members.join(', ')})`;
}
