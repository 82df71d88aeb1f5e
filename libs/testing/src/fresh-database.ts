import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { TestServers } from './test-servers.js';

/** Creates an empty database beside the others and returns its address. It goes away with the servers. */
export async function freshDatabase({ databaseUrl }: Pick<TestServers, 'databaseUrl'>): Promise<string> {
  const name = `kds_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  return url.href;
}
