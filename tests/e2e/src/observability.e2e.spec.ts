import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { prometheusPrograms } from '@kds/embedded';
import { exportedMetrics, panelQueries } from '@kds/monitoring';
import { type SimulatedShop, statusIds } from '@kds/simulated-shop';
import { itUnless, until } from '@kds/testing';
import { liveDocuments, plenty } from './burst.js';
import { openWorld, type World } from './open-world.js';
import { type ReceivedSpan, receiveSpans, type SpanReceiver } from './receive-spans.js';
import { type Watch, watchWithPrometheus } from './watch-with-prometheus.js';

const programs = await prometheusPrograms(process.env);
const itWithPrometheus = itUnless(typeof programs === 'string' ? programs : undefined);

/** People whose names, phones and addresses are nobody else's, so that each can be looked for in the logs. */
const people = [
  { fullName: 'Соломія Криворучко', phone: '067 111 22 33', email: 'solomiia.kryvoruchko@example.com' },
  { fullName: "Мар'яна Дорошенко-Зуб", phone: '+380501112244', email: 'zub@пошта.example' },
  { fullName: 'Тарас\u0000Перебийніс', phone: '(093) 111-22-55', email: 'taras@example.org' },
  { fullName: 'Ґжегож Бженчишчикевич', phone: '380631112266', email: 'g.b@example.net' },
] as const;
/** What Postgres is told to choke on, naming the value: as an order is first kept, and as it is decided. */
const unkept = { fullName: 'Неждана Ненаписька', phone: '0681112299', email: 'nezhdana@example.com' };
const undecided = { fullName: 'Богдана Невирішко', phone: '0681112200', email: 'bohdana@example.com' };
const recipient = { fullName: 'Зиновія Отримувачка', phone: '0661112277' };
const rubbish = { tenant: 'yoga-shop', orderId: 'x', buyer: 'Христина Помилкова', phone: '+380991112288', note: 'khrystyna@example.com' };

let world: World;
let watch: Watch | undefined;
let collector: SpanReceiver;
let shops: readonly [ordinary: SimulatedShop, flaky: SimulatedShop, locked: SimulatedShop];
const logged = () => world.log.join('\n');

beforeAll(async () => {
  collector = await receiveSpans();
  const shop = (name: string, seed: number) => ({ name, goods: plenty, seed, latencyMs: { keycrm: 5, dilovod: 20 } });
  world = await openWorld({ shops: [shop('yoga-shop', 1), shop('flaky-shop', 2), shop('locked-shop', 3)], env: { KDS_LOG_LEVEL: 'trace', OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } });
  shops = world.shops as unknown as typeof shops;
  if (typeof programs !== 'string') watch = await watchWithPrometheus(programs.prometheus, world.stack);
  await workADay();
}, 150_000);
afterAll(async () => {
  await watch?.stop();
  await world?.close();
  await collector?.close();
}, 30_000);

/** Orders of every kind, faults of every kind, and what people do wrong. */
async function workADay(): Promise<void> {
  const [ordinary, flaky, locked] = shops;
  await writeFile(join(world.tenantsDir, 'locked-shop.yaml'), locked.manifest().replace('locked-shop-dilovod-key', 'wrong-dilovod-key'));
  for (const kind of ['lost-after', 'reset-before', 'empty-body'] as const) {
    flaky.keycrm.addFault({ fault: { kind }, probability: 0.05 });
    flaky.dilovod.addFault({ fault: { kind }, probability: 0.05 });
  }
  flaky.dilovod.addFault({ fault: { kind: 'html-error', status: 502 }, probability: 0.05 });
  const orders = shops.map((shop) => people.flatMap((buyer) => [statusIds.ordered, statusIds.shipped, statusIds.cancelled].map((statusId) => place(shop, { buyer, statusId }))));
  place(ordinary, { buyer: people[0], sku: 'NOBODY-KNOWS' });
  ordinary.dilovod.setPrice({ good: 'BRYBPB', price: '9000' });
  await sayNonsense();
  const held = (sql: string) => until(async () => (await world.ledger(sql)).length > 0, { timeoutMs: 40_000, describe: sql });
  await held(`select 1 from held_runs where flow = 'prices'`);
  await chokePostgres();
  for (const buyer of [unkept, undecided]) place(ordinary, { buyer });
  await until(() => liveDocuments(ordinary, 'saleOrder').length >= 6 && liveDocuments(flaky, 'saleOrder').length >= 3, { timeoutMs: 60_000, describe: 'the order documents' });
  for (const [index, shop] of [ordinary, flaky].entries()) shop.keycrm.moveStatus({ orderId: orders[index]?.[0] ?? 0, statusId: statusIds.completed });
  await until(() => logged().includes('could not be looked at') && logged().includes('kds.evt.outcome: try 1 failed'), { timeoutMs: 30_000, describe: 'Postgres to choke' });
  await held(`select 1 from orders where decision = 'park' and reason = 'sku-unknown'`);
  await held(`select 1 from lane_states where tenant = 'locked-shop' and open_reason = 'bad-key'`);
}

async function chokePostgres(): Promise<void> {
  await world.ledger(`create function choke() returns trigger language plpgsql as $$ begin
    perform (new.observation #>> '{order,buyer,fullName}')::int; return new; end $$`);
  const named = ({ fullName }: { readonly fullName: string }) => `when (new.observation #>> '{order,buyer,fullName}' = '${fullName}') execute function choke()`;
  await world.ledger(`create trigger choke_keeping before insert on orders for each row ${named(unkept)}`);
  await world.ledger(`create trigger choke_deciding before update of decision on orders for each row ${named(undecided)}`);
}

function place({ keycrm }: SimulatedShop, { buyer, statusId = statusIds.ordered, sku = 'BRYBPB' }: { readonly buyer: { readonly fullName: string; readonly phone: string; readonly email: string }; readonly statusId?: number; readonly sku?: string }): number {
  return keycrm.createOrder({ buyer, recipient, lines: [{ sku, name: 'Belt', price: 890, quantity: 1 }], statusId }).id;
}

/** Messages and webhooks that nobody can use, with people in them. */
async function sayNonsense(): Promise<void> {
  const connection = await connect({ servers: world.stack.ready.natsUrl });
  const client = jetstream(connection);
  for (const subject of ['kds.evt.outcome', 'kds.evt.order-hint', 'kds.evt.dilovod-hint', 'kds.evt.key-change', 'kds.cmd.keycrm.shared.read-order']) await client.publish(subject, JSON.stringify(rubbish));
  await client.publish('kds.evt.outcome', `{"buyer": "${rubbish.buyer}`);
  await connection.close();
  const { keycrmGateway, dilovodGateway } = world.stack.ready;
  const [{ name, webhookToken }] = shops;
  const post = (url: string, body: string) => fetch(url, { method: 'POST', body });
  await post(`${keycrmGateway}/webhooks/keycrm/${name}/${webhookToken}`, JSON.stringify(rubbish));
  await post(`${keycrmGateway}/webhooks/keycrm/${name}/${webhookToken}`, `not JSON of ${rubbish.buyer}`);
  await post(`${keycrmGateway}/webhooks/keycrm/${name}/${webhookToken}`, rubbish.buyer.repeat(20_000));
  await post(`${keycrmGateway}/webhooks/keycrm/${name}/${webhookToken}x`, '{}');
  await post(`${keycrmGateway}/webhooks/nowhere/${webhookToken}`, '{}');
  await fetch(`${dilovodGateway}/webhooks/dilovod/${name}/${webhookToken}?packet=${encodeURIComponent(JSON.stringify(rubbish))}`);
}

describe('E5: a real Prometheus', () => {
  const watched = () => {
    if (watch === undefined) throw new Error('no Prometheus');
    return watch;
  };

  itWithPrometheus('gets data for every query of every dashboard', async () => {
    const queries = panelQueries({ tenant: 'yoga-shop', rateInterval: '1m' });
    expect(queries.length).toBeGreaterThan(40);
    await until(
      async () => {
        const answers = await Promise.all(queries.map(async ({ where, expr }) => ({ where, expr, found: (await watched().series(expr)).length })));
        const empty = answers.filter(({ found }) => found === 0);
        if (empty.length > 0) throw new Error(JSON.stringify(empty, null, 1));
        return true;
      },
      { timeoutMs: 40_000, describe: 'data for every panel' },
    );
  }, 50_000);

  itWithPrometheus('evaluates every rule, and raises what is so', async () => {
    const states = () => watched().rules();
    const raised = async () => (await states()).filter(({ state }) => state === 'pending' || state === 'firing').map(({ name }) => name);
    await until(async () => {
      const names = await raised();
      return ['KdsWatchdog', 'KdsKeyRejected', 'KdsGuardHeld', 'KdsDeadLetters'].every((name) => names.includes(name));
    }, { timeoutMs: 30_000, describe: 'the alarms' });
    const rules = await states();
    expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
    expect(rules.flatMap(({ alerts = [] }) => alerts.flatMap(({ annotations }) => Object.values(annotations))).filter((text) => text.includes('error expanding'))).toEqual([]);
  }, 40_000);
});

test('E5: every metric that is listed is exported, and every one that is exported is listed', async () => {
  const texts = await Promise.all((['keycrm-gateway', 'dilovod-gateway', 'sync-orchestrator'] as const).map(async (service) => (await fetch(`${world.stack.urls(service)[0]}/metrics`)).text()));
  const exported = new Set(texts.flatMap((text) => [...text.matchAll(/^# TYPE (kds_\w+)/gm)].map(([, name]) => name)));
  expect([...exported].sort()).toEqual(exportedMetrics().map(({ name }) => name));
});

test('F3: no key, token, name, phone or e-mail address is in the log of a day with faults, or in its traces', () => {
  const digits = (phone: string) => phone.replace(/\D/g, '').slice(-9);
  const persons = [...people, unkept, undecided, { ...recipient, email: recipient.phone }, { fullName: rubbish.buyer, phone: rubbish.phone, email: rubbish.note }];
  const names = persons.flatMap(({ fullName }) => fullName.split(/[\s\u0000]+/));
  const secrets = shops.flatMap(({ name, webhookToken }) => [`${name}-keycrm-key`, `${name}-dilovod-key`, webhookToken, 'wrong-dilovod-key']);
  const text = logged() + JSON.stringify(collector.spans);
  const leaks = [...names, ...secrets, ...persons.flatMap(({ phone, email }) => [phone, email])].filter((each) => text.includes(each));
  const bare = text.replace(/[\s()+-]/g, '');
  expect({ leaks, phones: persons.map(({ phone }) => digits(phone)).filter((each) => bare.includes(each)) }).toEqual({ leaks: [], phones: [] });
});

test('F3: and that log is one: of all three services, of every kind of trouble', () => {
  for (const sign of ['"service":"keycrm-gateway"', '"service":"dilovod-gateway"', '"service":"sync-orchestrator"', 'command ended', 'an order was looked at', 'given up after', 'a command did not go through']) expect(logged()).toContain(sign);
  const work = world.log.filter((line) => line.includes('command ended') && /"kind":"(read-order|save-sale-order)"/.test(line)).map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(work.length).toBeGreaterThan(0);
  expect(work.filter(({ tenant, commandId, attempt, order }) => [tenant, commandId, attempt, order].includes(undefined))).toEqual([]);
});

describe('traces', () => {
  test('E6: one leads from the webhook through all three services to the document', async () => {
    const [{ name }] = shops;
    const traceOf = (span: ReceivedSpan) => collector.spans.filter(({ traceId }) => traceId === span.traceId);
    const trace = await until(
      () => {
        const saves = collector.spans.filter(({ name: what, attributes }) => what === 'execute save-sale-order' && attributes['kds.tenant'] === name);
        return saves.map(traceOf).find((spans) => spans.some(({ name: what }) => what === 'receive-webhook'));
      },
      { timeoutMs: 20_000, describe: 'a trace from a webhook to a document' },
    );
    expect(new Set(trace.map(({ service }) => service))).toEqual(new Set(['keycrm-gateway', 'sync-orchestrator', 'dilovod-gateway']));
    expect(trace.map(({ name: what }) => what)).toEqual(
      expect.arrayContaining(['receive-webhook', 'take orchestrator-order-hint', 'dispatch read-order', 'execute read-order', 'readOrder', 'take orchestrator-outcome', 'look at order', 'dispatch save-sale-order', 'execute save-sale-order']),
    );
    expect(trace.filter(({ parentSpanId }) => parentSpanId === '').map(({ name: what }) => what)).toEqual(['receive-webhook']);
  }, 30_000);

  test('nothing of OpenTelemetry but its interface is loaded while they are off', async () => {
    const script = `
      const loaded = new Set();
      const resolve = (name, context, next) => {
        const found = next(name, context);
        const [, owner] = /node_modules.(@opentelemetry.[a-z-]+).(?!.*node_modules)/.exec(found.url) ?? [];
        if (owner) loaded.add(owner);
        return found;
      };
      process.getBuiltinModule('module').registerHooks({ resolve });
      await import('@kds/gateway');
      await import('@kds/sync-orchestrator');
      const { startTraces } = await import('@kds/observability');
      await startTraces({ on: false, service: 'test', version: '1' });
      const off = [...loaded];
      const stop = await startTraces({ on: true, service: 'test', version: '1' });
      await stop();
      console.log(JSON.stringify({ off, on: [...loaded] }));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd: join(import.meta.dirname, '..', '..', '..') });
    const { off, on } = JSON.parse(stdout) as { readonly off: readonly string[]; readonly on: readonly string[] };
    expect(off).toEqual(['@opentelemetry/api']);
    expect(on).toEqual(expect.arrayContaining(['@opentelemetry/sdk-trace', '@opentelemetry/exporter-trace-otlp-http']));
  }, 40_000);
});
