import type { Ledger } from '@kds/persistence';
import pg from 'pg';
import { RefusedError } from '@kds/sync-orchestrator';
import { withoutPassword } from './choose-address.js';

type Work<Result> = (ledger: Ledger) => Promise<Result>;

const undefinedTable = '42P01';
const undefinedColumn = '42703';

/** Everything read in one go stems from one moment. */
export function readLedger<Result>(url: string, work: Work<Result>): Promise<Result> {
  return inTransaction(url, { begin: 'begin transaction isolation level repeatable read, read only', work });
}

export function changeLedger<Result>(url: string, work: Work<Result>): Promise<Result> {
  return inTransaction(url, { begin: 'begin', work });
}

async function inTransaction<Result>(url: string, { begin, work }: { readonly begin: string; readonly work: Work<Result> }): Promise<Result> {
  const client = await connected(url);
  try {
    await client.query(begin);
    const result = await work({ rows: async (sql, parameters = []) => (await client.query(sql, [...parameters])).rows });
    await client.query('commit');
    return result;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code !== undefinedTable && code !== undefinedColumn) throw error;
    throw new RefusedError(`The ledger at ${withoutPassword(url)} is not of this version (${(error as Error).message}): start this version's orchestrator once, it brings the tables up to date.`);
  } finally {
    await client.end(); // what was not committed is rolled back
  }
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'kds', connectionTimeoutMillis: 5_000, statement_timeout: 60_000, lock_timeout: 10_000 });
  try {
    await client.connect();
    return client;
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    throw new RefusedError(`The ledger at ${withoutPassword(url)} cannot be reached (${message || code}): check that Postgres runs and that the address is right.`);
  }
}
