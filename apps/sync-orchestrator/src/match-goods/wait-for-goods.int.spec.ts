import type { CommandMessage, OutcomeMessage } from '@kds/contracts';
import { startTestServers, type TestServers, until } from '@kds/testing';
import { settleCommand } from '../settle-command/settle-command.js';
import { TestLedger } from '../spec-support/test-ledger.js';

let servers: TestServers;
let ledger: TestLedger;
beforeAll(async () => {
  servers = await startTestServers();
  ledger = await TestLedger.open(servers);
});
beforeEach(async () => {
  await ledger.clear();
  await ledger.saveTenant('one');
  await ledger.saveOrder('one', 7);
  await ledger.execute(`delete from goods`);
});
afterAll(async () => {
  await ledger?.close();
  await servers?.stop();
});

const catalogue = [{ id: '1100300000001001', article: 'BRYBPB', name: 'Belt', unit: '1103600000000001' }];
const outcomeOf = ({ commandId, attempt, tenant, system }: CommandMessage): OutcomeMessage => ({ commandId, attempt, tenant, system, outcome: 'done', called: true, calls: [], result: { rows: catalogue } });

async function next(): Promise<CommandMessage> {
  const [message] = await ledger.dispatch();
  if (message === undefined) throw new Error('nothing was asked');
  return message;
}

const asked = () => ledger.row<{ decision: string; looks: boolean; waits: boolean }>(`select decision, dirty_since is not null as looks, waits_for_goods as waits from orders`);

test('A10: an order that is looked at before the catalogue was read waits for it, and goes on', async () => {
  await ledger.syncOrders();
  const read = await next();
  expect(read.command).toEqual({ kind: 'read-goods', articles: null });
  expect(await asked()).toEqual({ decision: 'find-goods', looks: false, waits: true });
  await ledger.settle(read, outcomeOf(read));
  await ledger.syncOrders();
  expect((await next()).command.kind).toBe('save-sale-order');
});

test('A7 A10: an order that is looked at while the catalogue is just being kept is looked at again', async () => {
  await ledger.execute(`update orders set dirty_since = null`);
  await ledger.enqueue({ tenant: 'one', system: 'dilovod', subject: 'goods', command: { kind: 'read-goods', articles: null }, priority: 0 });
  const read = await next();
  await ledger.database.transaction(async (db) => {
    await settleCommand({ db, findTenant: ledger.findTenant, logger: ledger.logger }, outcomeOf(read));
    await ledger.execute(`update orders set dirty_since = clock_timestamp()`);
    await ledger.syncOrders();
    expect(await asked()).toEqual({ decision: 'find-goods', looks: true, waits: false });
  });
  await until(async () => {
    await ledger.syncOrders();
    return (await ledger.dispatch()).some(({ command }) => command.kind === 'save-sale-order');
  }, { describe: 'the order document to be asked for' });
});
