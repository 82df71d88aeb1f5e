import type { TenantCondition, TenantStatus } from '@kds/tenancy';
import { eventsBetween } from './events-between.js';
import { isWorthWriting } from './is-worth-writing.js';

const now = new Date('2026-11-26T12:00:00Z');
const seconds = (count: number) => new Date(now.getTime() + count * 1_000);

function ready(status: TenantCondition['status'], reason: string, message = reason): TenantCondition {
  return { type: 'Ready', status, reason, message, lastTransitionTime: now.toISOString() };
}

const shown: TenantStatus = {
  observedGeneration: 1, reportedAt: now.toISOString(), conditions: [ready('True', 'InStep')], proved: { orders: now.toISOString() },
  held: { items: 0, orders: [], runs: [] }, drift: 0, requestsLeft: 60, handled: [],
};
const orders = (...reasons: readonly string[]) => reasons.map((reason) => ({ reason, count: 2, first: '905', message: 'why' }));

describe('a status is written', () => {
  const later = (changes: Partial<TenantStatus>, at: Date) => isWorthWriting(shown, { ...shown, reportedAt: at.toISOString(), ...changes }, at);

  it('when there was none', () => {
    expect(isWorthWriting(undefined, shown, now)).toBe(true);
    expect(isWorthWriting({ observedGeneration: 1 }, shown, now)).toBe(true);
  });

  it('not when nothing changed, however late', () => {
    expect(later({}, seconds(3_600))).toBe(false);
    expect(later({ observedGeneration: 1, requestsLeft: 60 }, seconds(3_600))).toBe(false);
  });

  it.each<[string, Partial<TenantStatus>]>([
    ['a condition', { conditions: [ready('False', 'Outage')] }],
    ['a generation', { observedGeneration: 2 }],
    ['held orders', { held: { items: 2, orders: orders('sku-unknown'), runs: [] } }],
    ['drift', { drift: 1 }],
    ['a verb', { handled: [{ verb: 'drop', value: '1', at: now.toISOString(), result: 'done' }] }],
    ['a flow proved for the first time', { proved: { ...shown.proved, stock: now.toISOString() } }],
  ])('at once for %s', (_, changes) => {
    expect(later(changes, seconds(1))).toBe(true);
  });

  it.each<[string, Partial<TenantStatus>]>([
    ['requests left', { requestsLeft: 3 }],
    ['a later proof', { proved: { orders: seconds(30).toISOString() } }],
  ])('no more often than every minute for %s', (_, changes) => {
    expect(later(changes, seconds(59))).toBe(false);
    expect(later(changes, seconds(60))).toBe(true);
  });
});

describe('an event tells', () => {
  const told = (before: Partial<TenantStatus> | undefined, after: Partial<TenantStatus>) =>
    eventsBetween(before, { ...shown, ...after }).map(({ type, reason, cause }) => `${type} ${reason} ${cause}`);

  it.each<[string, Partial<TenantStatus> | undefined, Partial<TenantStatus>, readonly string[]]>([
    ['nothing where nothing changed', shown, {}, []],
    ['that a new tenant is ready', undefined, {}, ['Normal Ready InStep']],
    ['nothing of a start', undefined, { conditions: [ready('False', 'Starting')] }, []],
    ['that one became ready', { conditions: [ready('False', 'Starting')] }, {}, ['Normal Ready InStep']],
    ['a rejected key', shown, { conditions: [ready('False', 'KeyRejected')] }, ['Warning KeyRejected KeyRejected']],
    ['no second time that the key is rejected', { conditions: [ready('False', 'KeyRejected')] }, { conditions: [ready('False', 'KeyRejected', 'in other words')] }, []],
    ['each mistake of a manifest', { conditions: [ready('False', 'InvalidManifest', 'one')] }, { conditions: [ready('False', 'InvalidManifest', 'two')] }, ['Warning InvalidManifest two']],
    ['orders held for a new reason', { held: { items: 2, orders: orders('a'), runs: [] } }, { held: { items: 4, orders: orders('a', 'b'), runs: [] } }, ['Warning OrdersHeld b']],
    ['nothing of more orders for one reason', { held: { items: 1, orders: [{ reason: 'a', count: 1, first: '1' }], runs: [] } }, { held: { items: 2, orders: orders('a'), runs: [] } }, []],
    ['that no order is held any more for a reason', { held: { items: 2, orders: orders('a'), runs: [] } }, {}, ['Normal OrdersGo a']],
    ['a run held', shown, { held: { items: 1, orders: [], runs: [{ flow: 'stock', reason: 'shrunken', message: 'm' }] } }, ['Warning RunHeld stock shrunken']],
    ['a run that goes', { held: { items: 1, orders: [], runs: [{ flow: 'stock', reason: 'shrunken', message: 'm' }] } }, {}, ['Normal RunGoes stock']],
    ['drift, once', shown, { drift: 4 }, ['Warning DriftFound drift']],
    ['no more of it while some is left', { drift: 4 }, { drift: 9 }, []],
    ['a verb that was handled', shown, { handled: [{ verb: 'drop', value: '1', at: now.toISOString(), result: 'done' }] }, ['Normal Handled drop 1']],
  ])('%s', (_, before, after, events) => {
    expect(told(before === undefined ? undefined : { ...shown, ...before }, after)).toEqual(events);
  });
});
