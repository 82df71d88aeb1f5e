import { type CommandMessage, eventSubjects, type KeycrmCommand, type OutcomeMessage, type ResultOf } from '@kds/contracts';
import { type ApiAnswer, done } from '@kds/kernel';
import { createLogger } from '@kds/observability';
import { Secret, type Tenant } from '@kds/tenancy';
import type { CommandRun } from './command-run.js';
import { type CommandTable, type CommandWork, executeCommand } from './execute-command.js';
import { GatewayMetrics } from './gateway-metrics.js';
import { InHand } from './in-hand.js';
import { TenantClients } from './tenant-clients.js';

interface FakeClient {
  close(): Promise<void>;
}
type Desk = { readonly run: CommandRun };
type Carry = (run: CommandRun) => Promise<ApiAnswer<ResultOf['read-order']>>;

const read = { kind: 'read-order', orderId: 9051 } as const;
const missing: ResultOf['read-order'] = { kind: 'missing', orderId: 9051 };
const fresh = { redelivered: false, heldForMs: 0 };

function message(changes: Partial<CommandMessage> = {}): CommandMessage {
  return { commandId: '17', attempt: '170', tenant: 'shop', system: 'keycrm', pool: 'shared', startBefore: new Date(Date.now() + 60_000).toISOString(), workingTimeMs: 5_000, command: read, ...changes };
}

/** A gateway whose only working command does what the test says, and whose bus keeps what it is given. */
function gateway(carry: Carry) {
  const published: { subject: string; outcome: OutcomeMessage; id: string | undefined }[] = [];
  const state = { known: true, key: true, busTakes: true };
  const tenants = {
    find: (name: string) => (state.known ? ({ name, revision: 'r', spec: {} } as Tenant) : undefined),
    secret: () => (state.key ? new Secret('key') : undefined),
    onChange: () => () => {},
  };
  const clients = new TenantClients<FakeClient>({ system: 'keycrm', tenants, accountOf: () => ({ baseUrl: 'https://x.example', apiKeyRef: { name: 'keys', key: 'api' } }), open: () => ({ close: async () => {} }) });
  const stopping = new AbortController();
  const metrics = new GatewayMetrics({ service: 'keycrm-gateway', system: 'keycrm', version: 'test', lastTenantLook: () => undefined, isKnown: () => true });
  const work: CommandWork<KeycrmCommand, FakeClient, Desk> = {
    system: 'keycrm',
    metrics,
    inHand: new InHand(),
    log: createLogger({ service: 'test', level: 'silent' }),
    stopping: stopping.signal,
    bus: {
      async publish(subject, outcome, id) {
        if (!state.busTakes) throw new Error('not stored');
        published.push({ subject, outcome: outcome as OutcomeMessage, id });
      },
    },
    clients,
    table: { 'read-order': (_command, { run }) => carry(run) } as CommandTable<KeycrmCommand, Desk>,
    openDesk: (_client, _tenant, run) => ({ run }),
    ackWaitMs: 10_000,
  };
  const outcomeOf = async (changes: Partial<CommandMessage> = {}, delivery = fresh) => {
    await executeCommand(message(changes), delivery, work);
    expect(published).toHaveLength(1);
    return published[0]?.outcome;
  };
  return { work, state, published, stopping, metrics, outcomeOf };
}

const never: Carry = async () => {
  throw new Error('this command must not be carried out');
};

function calling<T>(run: CommandRun, answer: ApiAnswer<T>, called = true): Promise<ApiAnswer<T>> {
  return run.call('readOrder', async () => ({ answer, called, latencyMs: 12.4 })).then((call) => call.answer);
}

it('publishes what came of a command, with its calls, once', async () => {
  const { outcomeOf, published } = gateway((run) => calling(run, done(missing)));
  expect(await outcomeOf()).toEqual({
    commandId: '17',
    attempt: '170',
    tenant: 'shop',
    system: 'keycrm',
    outcome: 'done',
    called: true,
    calls: [{ operation: 'readOrder', latencyMs: 12, result: 'done' }],
    result: missing,
  });
  expect(published[0]).toMatchObject({ subject: eventSubjects.outcome, id: 'out-170' });
});

it.each([
  [{ kind: 'rejected', failure: { code: 'bad-key', message: 'no' } }, { outcome: 'rejected', failure: { code: 'bad-key', message: 'no' } }],
  [{ kind: 'failed', failure: { code: 'throttled', message: 'later' }, retryAfterMs: 1500.2 }, { outcome: 'failed', failure: { code: 'throttled' }, retryAfterMs: 1501 }],
  [{ kind: 'unknown', failure: { code: 'timeout', message: 'lost', detail: { a: 1 } } }, { outcome: 'unknown', failure: { code: 'timeout', message: 'lost', detail: { a: 1 } } }],
] as const)('passes %j on', async (answer, expected) => {
  const { outcomeOf } = gateway((run) => calling(run, answer));
  expect(await outcomeOf()).toMatchObject({ ...expected, called: true, calls: [{ result: answer.failure.code }] });
});

it('says that nothing was called when no request left', async () => {
  const { outcomeOf } = gateway((run) => calling(run, { kind: 'failed', failure: { code: 'unreachable', message: 'x' } }, false));
  expect(await outcomeOf()).toMatchObject({ outcome: 'failed', called: false });
});

it('never carries out a command that another instance had before', async () => {
  const { outcomeOf } = gateway(never);
  expect(await outcomeOf({}, { redelivered: true, heldForMs: 0 })).toMatchObject({ outcome: 'unknown', called: true, failure: { code: 'taken-over' } });
});

it('puts having been taken over before being late', async () => {
  const { outcomeOf } = gateway(never);
  expect(await outcomeOf({ startBefore: '2026-01-01T00:00:00.000Z' }, { redelivered: true, heldForMs: 0 })).toMatchObject({ outcome: 'unknown' });
});

it('leaves a command alone that comes too late or was held too long', async () => {
  expect(await gateway(never).outcomeOf({ startBefore: new Date(Date.now() - 1).toISOString() })).toMatchObject({ outcome: 'expired', called: false, failure: { code: 'too-late' } });
  expect(await gateway(never).outcomeOf({}, { redelivered: false, heldForMs: 5_001 })).toMatchObject({ outcome: 'expired', called: false, failure: { code: 'held-too-long' } });
});

it('names what is missing of the tenant', async () => {
  const unknown = gateway(never);
  unknown.state.known = false;
  expect(await unknown.outcomeOf()).toMatchObject({ outcome: 'failed', called: false, failure: { code: 'tenant-not-ready', message: expect.stringContaining('shop') } });
  const keyless = gateway(never);
  keyless.state.key = false;
  expect(await keyless.outcomeOf()).toMatchObject({ outcome: 'failed', called: false, failure: { code: 'tenant-not-ready', message: expect.stringContaining('Secret keys has no key api') } });
});

it('E8: leaves alone a command of an account whose key is no longer the tenant\'s', async () => {
  const { outcomeOf } = gateway(never);
  expect(await outcomeOf({ account: 'keycrm-0' })).toMatchObject({ outcome: 'expired', called: false, failure: { code: 'other-account' } });
});

it('leaves a kind that it does not know to a gateway that does', async () => {
  const { outcomeOf } = gateway(never);
  expect(await outcomeOf({ command: { kind: 'toString' } as never })).toMatchObject({ outcome: 'failed', called: false, failure: { code: 'unknown-kind' } });
});

it('ends within the working time even if a call does not', async () => {
  const { outcomeOf } = gateway((run) => run.call('readOrder', () => new Promise<never>(() => {})));
  expect(await outcomeOf({ workingTimeMs: 300 })).toMatchObject({ outcome: 'unknown', called: true, failure: { code: 'deadline' } });
});

it('gives each call what is left of the time, and the signal to stop', async () => {
  let options: { timeoutMs: number; signal: AbortSignal } | undefined;
  const { outcomeOf, stopping } = gateway(async (run) => {
    options = run.callOptions();
    return done(missing);
  });
  await outcomeOf({ workingTimeMs: 1_000 });
  expect(options?.timeoutMs).toBeGreaterThan(500);
  expect(options?.timeoutMs).toBeLessThan(1_000);
  stopping.abort();
  expect(options?.signal.aborted).toBe(true);
});

it('calls an exception a bug: failed when surely nothing was called, else unknown', async () => {
  const before = gateway(async () => {
    throw new TypeError('oops');
  });
  expect(await before.outcomeOf()).toMatchObject({ outcome: 'failed', called: false, failure: { code: 'bug' } });
  const after = gateway(async (run) => {
    await calling(run, done(missing));
    throw new TypeError('oops');
  });
  expect(await after.outcomeOf()).toMatchObject({ outcome: 'unknown', called: true, failure: { code: 'bug' }, calls: [{ operation: 'readOrder' }] });
  const within = gateway((run) => run.call('readOrder', async () => Promise.reject<never>(new TypeError('oops'))));
  expect(await within.outcomeOf()).toMatchObject({ outcome: 'unknown', called: true, failure: { code: 'bug' } });
});

it('rejects when the bus does not take the outcome, so that the message is not acknowledged', async () => {
  const { work, state } = gateway(async () => done(missing));
  state.busTakes = false;
  await expect(executeCommand(message(), fresh, work)).rejects.toThrow('not stored');
});

it('counts commands and calls', async () => {
  const { outcomeOf, metrics } = gateway((run) => calling(run, done(missing)));
  await outcomeOf();
  const text = await metrics.registry.metrics();
  expect(text).toContain('kds_commands_total{system="keycrm",kind="read-order",outcome="done"} 1');
  expect(text).toContain('kds_api_calls_total{system="keycrm",tenant="shop",operation="readOrder",result="done"} 1');
  expect(text).toContain('kds_api_call_seconds_count{system="keycrm",operation="readOrder"} 1');
});
