import { setImmediate as turn } from 'node:timers/promises';
import { ShopClock } from '../clock/shop-clock.js';
import type { YogaShop } from '../world/shop.js';
import { playDay, type Told } from './play-day.js';
import type { Story } from './story.js';

function play(stories: readonly Story[], signal = new AbortController().signal) {
  const told: Told[] = [];
  const clock = new ShopClock({ opening: '09:00', closing: '19:00', speed: 100 });
  const played = playDay({ shop: {} as YogaShop, clock, stories, signal, nextLook: () => turn(), onTold: (line) => told.push(line) });
  return { played, told };
}

test('a story tells, waits for its time and for what comes of it, and says what it leaves behind', async () => {
  let looks = 0;
  const story: Story = {
    name: 'one',
    async play({ at, tell, see, leaveHeld }) {
      await at('09:01');
      tell('done');
      await see('it came about', () => ++looks > 3);
      leaveHeld({ id: 7, lineIds: [] }, 'shortage');
    },
  };
  const { played, told } = play([story]);
  expect(await played).toEqual({ missed: [], leftHeld: new Map([[7, 'shortage']]) });
  expect(told).toEqual([{ kind: 'deed', text: 'done' }, { kind: 'seen', text: 'it came about' }]);
});

test('a story that goes wrong is told of and does not stop the others', async () => {
  const wrong: Story = { name: 'wrong', play: () => Promise.reject(new Error('no such good')) };
  const right: Story = { name: 'right', play: async ({ tell }) => tell('fine') };
  const { played, told } = play([wrong, right]);
  expect((await played).missed).toEqual(['wrong: no such good']);
  expect(told).toContainEqual({ kind: 'deed', text: 'fine' });
});

test('giving the day up rejects', async () => {
  const { played } = play([{ name: 'late', play: ({ at }) => at('18:00') }], AbortSignal.abort());
  await expect(played).rejects.toThrow();
});
