import { StallWatch } from './stall-watch.js';

const waiting = { num_pending: 2, num_ack_pending: 0, delivered: { consumer_seq: 7 } };
const looksAt = (...states: readonly (typeof waiting)[]) => {
  const watch = new StallWatch();
  return states.map((state) => watch.look(state));
};
const four = [waiting, waiting, waiting, waiting] as const;

test('F1: a consumer at which messages wait and that delivers none for five looks has stopped', () => {
  expect(looksAt(...four, waiting)).toEqual([false, false, false, false, true]);
});

test.each([
  ['delivers now and then', { ...waiting, delivered: { consumer_seq: 8 } }],
  ['has nothing to deliver in between', { ...waiting, num_pending: 0 }],
  ['waits for what is in hand', { ...waiting, num_ack_pending: 1 }],
])('F1: a consumer that %s has not stopped', (_, between) => {
  expect(looksAt(...four, between, ...four)).not.toContain(true);
});
