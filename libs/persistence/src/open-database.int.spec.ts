import { freshDatabase, startTestServers, type TestServers } from '@kds/testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openDatabase, row, rows } from './index.js';

class Begin1763900000001 implements MigrationInterface {
  readonly name = 'Begin1763900000001';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table steps (id int primary key, name text not null)');
  }
  async down(): Promise<void> {}
}

/** Would fail, or do its work again, if two were at it at once. */
class Fill1763900000002 implements MigrationInterface {
  readonly name = 'Fill1763900000002';
  async up(runner: QueryRunner): Promise<void> {
    const [{ count }] = (await runner.query('select count(*)::int as count from steps')) as [{ count: number }];
    await runner.query('select pg_sleep(0.5)');
    await runner.query('insert into steps select $1::int + n, $2 from generate_series(1, 3) n', [count, 'filled']);
  }
  async down(): Promise<void> {}
}

class Breaks1763900000003 implements MigrationInterface {
  readonly name = 'Breaks1763900000003';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('delete from steps');
    await runner.query('select 1 / 0');
  }
  async down(): Promise<void> {}
}

let servers: TestServers;
beforeAll(async () => {
  servers = await startTestServers();
});
afterAll(() => servers?.stop());

const open = (url: string, migrations: readonly (new () => MigrationInterface)[]) => openDatabase({ url, migrations, applicationName: 'test' });

it('E4: of several that start at once one migrates, and the others wait and find nothing to do', async () => {
  const url = await freshDatabase(servers);
  const opened = await Promise.all(Array.from({ length: 4 }, () => open(url, [Begin1763900000001, Fill1763900000002])));
  const [database] = opened as [(typeof opened)[number]];
  expect(await rows(database.manager, 'select id from steps order by id')).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
  expect(await rows(database.manager, 'select name from migrations order by id')).toEqual([{ name: 'Begin1763900000001' }, { name: 'Fill1763900000002' }]);
  await Promise.all(opened.map((each) => each.destroy()));
});

it('a migration that fails leaves the schema as it was, and the way free for the next attempt', async () => {
  const url = await freshDatabase(servers);
  await (await open(url, [Begin1763900000001, Fill1763900000002])).destroy();
  await expect(open(url, [Begin1763900000001, Fill1763900000002, Breaks1763900000003])).rejects.toThrow('division by zero');
  const again = await open(url, [Begin1763900000001, Fill1763900000002]);
  expect(await row(again.manager, 'select count(*)::int as count from steps')).toEqual({ count: 3 });
  await again.destroy();
});
