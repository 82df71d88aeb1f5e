import { ShopClock } from './shop-clock.js';

const plan = { opening: '09:00', closing: '19:00', speed: 100 };

test('stands still before the start, runs fast, and comes to what it was asked for', async () => {
  const clock = new ShopClock(plan);
  expect(clock.time()).toBe('09:00');
  clock.start();
  await clock.at('09:05', new AbortController().signal);
  expect(clock.time() >= '09:05').toBe(true);
});

test('rejects when the day is given up', async () => {
  const clock = new ShopClock({ ...plan, speed: 0.1 });
  clock.start();
  const stopping = new AbortController();
  const waiting = clock.at('18:00', stopping.signal);
  stopping.abort();
  await expect(waiting).rejects.toThrow();
});
