import { EventEmitter, once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { addressesOf } from './addresses.js';
import { ShopClock } from './clock/shop-clock.js';
import { closing, opening, storiesOf } from './day/day.js';
import { type DayOutcome, playDay } from './day/play-day.js';
import type { Narration } from './narrate/narration.js';
import type { DemoOptions } from './options.js';
import { reportOf, type ShopReport } from './report/shop-report.js';
import type { View } from './view/view.js';
import { watchShop } from './watch-shop.js';
import type { World } from './world/open-world.js';
import { RequestMeter } from './world/request-meter.js';
import { readShopState, type ShopState } from './world/shop-state.js';

interface ShownDayPlan {
  readonly options: DemoOptions;
  readonly view: View;
  readonly signal: AbortSignal;
}

/** How long both systems may take to agree once the shop is closed. */
const settleMs = 90_000;

/** One day of the shop, shown as it is played. */
export class ShownDay {
  private readonly clock: ShopClock;
  private readonly looks = new EventEmitter().setMaxListeners(0);
  private footer: readonly string[] = ['Ctrl-C ends it.'];

  constructor(private readonly plan: ShownDayPlan) {
    this.clock = new ShopClock({ opening, closing, speed: plan.options.speed });
  }

  tell(narration: Narration): void {
    this.plan.view.tell({ ...narration, time: this.clock.time() });
  }

  /** Plays the day and compares both worlds once they agree, or had time enough to. Goes on showing what happens until the world is undone. */
  async play(world: World, undo: (() => Promise<unknown>)[]): Promise<ShopReport> {
    const { options, signal } = this.plan;
    const watch = this.watch(world);
    undo.push(watch.end);
    const day = playDay({
      shop: world.shop,
      clock: this.clock,
      stories: storiesOf(options.seed),
      signal,
      nextLook: () => once(this.looks, 'look', { signal }),
      onTold: (told) => this.tell(told),
    });
    const outcome = await Promise.race([day, watch.failed]);
    this.tell({ kind: 'deed', text: 'The shop closes; what is under way is finished' });
    const report = await this.settle(world, outcome);
    this.tell(report.problems.length === 0 ? { kind: 'seen', text: 'both systems agree in goods, stock, prices, orders and money' } : { kind: 'missed', text: `${report.problems.length} differences: ${report.problems.join('; ')}` });
    this.footer = ['The day is over and everything stays up. Ctrl-C ends it.', ...addressesOf(world)];
    return report;
  }

  private watch(world: World): { readonly failed: Promise<never>; readonly end: () => Promise<void> } {
    const ending = new AbortController();
    const meter = new RequestMeter(world.shop);
    const onState = (state: ShopState) => this.show(world, state, meter);
    const watching = watchShop({ world, signal: ending.signal, onChange: (change) => this.tell(change), onState });
    return {
      failed: new Promise((_, reject) => void watching.catch(reject)),
      end: () => {
        ending.abort();
        return watching;
      },
    };
  }

  private show({ shop, stack }: World, state: ShopState, meter: RequestMeter): void {
    const { view, options, signal } = this.plan;
    const footer = signal.aborted ? ['Stopping …'] : this.footer;
    this.looks.emit('look');
    view.show({ title: shop.title, time: this.clock.time(), speed: options.speed, pids: stack.pids(), requests: meter.read(), state, footer });
  }

  private async settle({ shop, ledger }: World, outcome: DayOutcome): Promise<ShopReport> {
    const deadline = performance.now() + settleMs;
    for (;;) {
      const report = reportOf(shop, readShopState(shop, await ledger.read()), outcome);
      if (report.problems.length === 0 || outcome.missed.length > 0 || performance.now() > deadline) return report;
      await pause(500, undefined, { signal: this.plan.signal });
    }
  }
}
