import type { CommandMessage, System } from '@kds/contracts';
import { startTestServers, type TestServers } from '@kds/testing';
import { orderSubject, priorities } from '../command-ledger/enqueue-command.js';
import { TestLedger } from '../spec-support/test-ledger.js';

let servers: TestServers;
let ledger: TestLedger;
beforeAll(async () => {
  servers = await startTestServers();
  ledger = await TestLedger.open(servers);
});
beforeEach(async () => {
  await ledger.clear();
});
afterAll(async () => {
  await ledger?.close();
  await servers?.stop();
});

const readDocument = (tenant: string, orderId: number, priority: number = priorities.liveOrder) =>
  ledger.enqueue({ tenant, system: 'dilovod', subject: orderSubject(orderId), command: { kind: 'read-document', orderId, documentId: '1' }, priority });

const readOrder = (tenant: string, orderId: number, priority: number = priorities.liveOrder) =>
  ledger.enqueue({ tenant, system: 'keycrm', subject: orderSubject(orderId), command: { kind: 'read-order', orderId }, priority });

/** Back-fill of a kind that reads only; as many as told. */
function fillLane(tenant: string, system: System, count: number): Promise<void> {
  const kind = system === 'keycrm' ? 'read-order' : 'read-goods';
  return ledger.execute(
    `insert into commands (tenant, system, kind, subject, priority, payload)
     select $1, $2, $3, 'subject ' || n, $4, jsonb_build_object('kind', $3::text, 'orderId', n, 'articles', '[]'::jsonb) from generate_series(1, $5::int) n`,
    [tenant, system, kind, priorities.backFill, count],
  );
}

const orderIds = (messages: readonly CommandMessage[]) => messages.map(({ command }) => 'orderId' in command && command.orderId);

test('E2: however many dispatchers race, a Dilovod lane has one command on its way', async () => {
  await ledger.saveTenant('one');
  await ledger.saveTenant('two');
  await fillLane('one', 'dilovod', 25);
  await fillLane('two', 'dilovod', 25);
  const carriedOut: CommandMessage[] = [];
  const most = { one: 0, two: 0 };
  const dispatcher = async () => {
    while (carriedOut.length < 50) {
      for (const message of await ledger.dispatch()) {
        for (const { tenant, count } of await ledger.rows<{ tenant: 'one' | 'two'; count: string }>(`select tenant, count(*) from commands where state = 'dispatched' group by tenant`)) most[tenant] = Math.max(most[tenant], Number(count));
        await ledger.settle(message, { outcome: 'done', result: { rows: [] } });
        carriedOut.push(message);
      }
    }
  };
  await Promise.all(Array.from({ length: 4 }, dispatcher));
  expect(most).toEqual({ one: 1, two: 1 });
  expect(new Set(carriedOut.map(({ commandId }) => commandId)).size).toBe(50);
  const overlaps = await ledger.rows(`select 1 from attempts a join attempts b on b.tenant = a.tenant and b.id > a.id and b.dispatched_at < a.settled_at`);
  expect(overlaps).toEqual([]);
});

test('E2: the ledger itself refuses a second Dilovod command of a client on its way', async () => {
  await ledger.saveTenant('one');
  await fillLane('one', 'dilovod', 2);
  const send = `insert into attempts (command_id, tenant, system, account, lease_until) select id, tenant, system, 'dilovod-of-one', now() from commands`;
  await expect(ledger.execute(send)).rejects.toThrow('dilovod_one_at_a_time');
});

test('E2: a KeyCRM lane stays within its requests a minute in every minute, with four dispatchers and calls of any length', async () => {
  const perMinute = 10;
  await ledger.saveTenant('one', { keycrm: { baseUrl: 'http://127.0.0.1:1', apiKeyRef: { name: 'keys', key: 'keycrm' }, requestsPerMinute: perMinute } });
  for (let orderId = 1; orderId <= 150; orderId += 1) await readOrder('one', orderId);
  let onTheirWay: readonly CommandMessage[] = [];
  for (let step = 0; step < 40; step += 1) {
    for (let turn = 0; turn < 4; turn += 1) onTheirWay = [...onTheirWay, ...(await Promise.all(Array.from({ length: 4 }, () => ledger.dispatch()))).flat()];
    const ending = onTheirWay.filter((_message, index) => (index + step) % 3 !== 0);
    for (const message of ending) await ledger.settle(message, { outcome: 'done', result: { kind: 'missing', orderId: 1 } });
    onTheirWay = onTheirWay.filter((message) => !ending.includes(message));
    const seconds = 1 + ((step * 7) % 23);
    await ledger.execute(`update attempts set dispatched_at = dispatched_at - $1 * interval '1 second', settled_at = settled_at - $1 * interval '1 second'`, [seconds]);
  }
  // A call may reach KeyCRM at any moment between its dispatch and its outcome: the worst case counts.
  const { most, made } = await ledger.row<{ most: string; made: string }>(
    `select max(calls) as most, count(*) as made from (
       select count(*) as calls from attempts a join attempts b on b.dispatched_at <= a.dispatched_at
         and (b.settled_at is null or b.settled_at > a.dispatched_at - interval '60 seconds')
       group by a.id) each`,
  );
  expect(Number(most)).toBe(perMinute);
  expect(Number(made)).toBeGreaterThan(5 * perMinute);
});

test('E2: live orders go before prices, prices before read-back, read-back before back-fill', async () => {
  await ledger.saveTenant('one');
  const { backFill, readBack, stockAndPrices, orderFields, liveOrder } = priorities;
  for (const [index, priority] of [backFill, readBack, stockAndPrices, orderFields, liveOrder].entries()) await readOrder('one', 10 + index, priority);
  const went = await ledger.dispatchAll({ outcome: 'done', result: { kind: 'missing', orderId: 1 } });
  expect(orderIds(went)).toEqual([14, 13, 12, 11, 10]);
});

test('E2: of a client\'s requests a minute, a tenth is kept for live orders, and parts of the rest for prices and read-back', async () => {
  await ledger.saveTenant('one', { keycrm: { baseUrl: 'http://127.0.0.1:1', apiKeyRef: { name: 'keys', key: 'keycrm' }, requestsPerMinute: 20 } });
  const went: number[] = [];
  for (const [index, priority] of [priorities.backFill, priorities.readBack, priorities.stockAndPrices, priorities.liveOrder].entries()) {
    for (let orderId = 1; orderId <= 30; orderId += 1) await readOrder('one', 100 * index + orderId, priority);
    went.push((await ledger.dispatchAll({ outcome: 'done', result: { kind: 'missing', orderId: 1 } })).length);
  }
  expect(went).toEqual([10, 2, 6, 2]);
});

test('E1: ten thousand waiting commands of one client do not keep another\'s live order back by a turn', async () => {
  await ledger.saveTenant('flooded');
  await ledger.saveTenant('other');
  await fillLane('flooded', 'dilovod', 10_000);
  await fillLane('flooded', 'keycrm', 10_000);
  for (let turn = 0; turn < 5; turn += 1) for (const message of await ledger.dispatch()) await ledger.settle(message, { outcome: 'expired', called: false });
  await ledger.dispatch();
  await readDocument('other', 7);
  expect((await ledger.dispatch()).filter(({ tenant }) => tenant === 'other')).toMatchObject([{ command: { orderId: 7 } }]);
});

test('E1: with more busy lanes than one turn takes, a new live order goes within one round', async () => {
  await ledger.saveTenant('other');
  const lanes = 230;
  await ledger.execute(`insert into tenants (name, revision, state) select 'busy-' || n, '', 'active' from generate_series(1, $1::int) n`, [lanes]);
  await ledger.execute(`insert into lanes (tenant, system, pool, max_in_flight) select 'busy-' || n, 'dilovod', 'shared', 1 from generate_series(1, $1::int) n`, [lanes]);
  await ledger.openAccounts();
  await ledger.execute(
    `insert into commands (tenant, system, kind, subject, priority, payload)
     select 'busy-' || n, 'dilovod', 'read-goods', 's' || m, 30, '{"kind":"read-goods","articles":[]}' from generate_series(1, $1::int) n, generate_series(1, 20) m`,
    [lanes],
  );
  const turn = async () => {
    const published = await ledger.dispatch();
    await ledger.execute(`with ended as (update attempts set settled_at = clock_timestamp() where settled_at is null) update commands set state = 'done' where state = 'dispatched'`);
    return published;
  };
  for (let index = 0; index < 4; index += 1) expect(await turn()).toHaveLength(100);
  await ledger.enqueue({ tenant: 'other', system: 'dilovod', subject: 'goods-of:7', command: { kind: 'read-goods', articles: [] }, priority: priorities.liveOrder });
  await ledger.execute(`update accounts set turn_at = clock_timestamp() where id like '%-of-other'`);
  const round = [await turn(), await turn(), await turn()];
  expect(round.flat().filter(({ tenant }) => tenant === 'other')).toHaveLength(1);
});

test('E1: a live order does not wait behind lanes whose share of requests is used up', async () => {
  await ledger.saveTenant('other');
  const lanes = 250;
  await ledger.execute(`insert into tenants (name, revision, state) select 'spent-' || n, '', 'active' from generate_series(1, $1::int) n`, [lanes]);
  await ledger.execute(`insert into lanes (tenant, system, pool, per_minute, max_in_flight) select 'spent-' || n, 'keycrm', 'shared', 4, 4 from generate_series(1, $1::int) n`, [lanes]);
  await ledger.openAccounts();
  await ledger.execute(
    `insert into commands (tenant, system, kind, subject, priority, payload, state)
     select 'spent-' || n, 'keycrm', 'read-order', 'order:' || m, 30, jsonb_build_object('kind', 'read-order', 'orderId', m), case when m < 3 then 'done' else 'pending' end
     from generate_series(1, $1::int) n, generate_series(1, 6) m`,
    [lanes],
  );
  await ledger.execute(`insert into attempts (command_id, tenant, system, account, lease_until, settled_at, called) select id, tenant, system, 'keycrm-of-' || tenant, now(), now(), true from commands where state = 'done'`);
  await readOrder('other', 7);
  await ledger.execute(`update accounts set turn_at = clock_timestamp() where id like '%-of-other'`);
  expect(orderIds(await ledger.dispatch())).toEqual([7]);
});

test('E1 E3: nothing leaves for a client that is suspended or whose manifest is broken, until it is in order again', async () => {
  for (const tenant of ['suspended', 'broken', 'sound']) {
    await ledger.saveTenant(tenant);
    await readDocument(tenant, 7);
  }
  await ledger.saveTenant('suspended', { suspend: true });
  await ledger.breakTenant('broken');
  expect((await ledger.dispatch()).map(({ tenant }) => tenant)).toEqual(['sound']);
  await ledger.saveTenant('suspended');
  await ledger.saveTenant('broken');
  expect((await ledger.dispatch()).map(({ tenant }) => tenant).sort()).toEqual(['broken', 'suspended']);
});

test('E1 E4: a lane that rests is passed over, the client\'s other lane and other clients are not', async () => {
  await ledger.saveTenant('one');
  await ledger.saveTenant('two');
  for (const tenant of ['one', 'two']) {
    await readDocument(tenant, 7);
    await readOrder(tenant, 7);
  }
  await ledger.execute(`update lanes set open_until = clock_timestamp() + interval '1 minute' where tenant = 'one' and system = 'dilovod'`);
  const went = (await ledger.dispatch()).map(({ tenant, system }) => `${tenant} ${system}`);
  expect(went.sort()).toEqual(['one keycrm', 'two dilovod', 'two keycrm']);
  await ledger.execute(`update lanes set open_until = clock_timestamp() where tenant = 'one' and system = 'dilovod'`);
  expect(await ledger.dispatch()).toMatchObject([{ tenant: 'one', system: 'dilovod' }]);
});

test('F1: a command that the bus does not take is said again, and is over once no gateway may start it any more', async () => {
  await ledger.saveTenant('one');
  await readDocument('one', 7);
  let refused = 0;
  await ledger.dispatch({
    publish: async () => {
      refused += 1;
      throw new Error('no stream');
    },
  });
  expect(refused).toBeGreaterThan(2);
  expect(await ledger.rows(`select 1 from attempts where settled_at is null and lease_until <= clock_timestamp()`)).toHaveLength(1);
}, 30_000);

test('F1: a command that the bus takes at the second try is on its way', async () => {
  await ledger.saveTenant('one');
  await readDocument('one', 7);
  let tries = 0;
  await ledger.dispatch({
    publish: async () => {
      tries += 1;
      if (tries === 1) throw new Error('no stream');
    },
  });
  expect(await ledger.rows(`select 1 from attempts where settled_at is null and lease_until > clock_timestamp() + interval '30 seconds'`)).toHaveLength(1);
});
