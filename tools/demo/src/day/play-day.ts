import type { ShopClock } from '../clock/shop-clock.js';
import type { YogaShop } from '../world/shop.js';
import type { Story } from './story.js';

/** A line of the day: what people did (`deed`), what came of it (`seen`), or what did not (`missed`). */
export interface Told {
  readonly kind: 'deed' | 'seen' | 'missed';
  readonly text: string;
}

/** How the day went: what did not come about, and which orders wait for a person, with the reason. */
export interface DayOutcome {
  readonly missed: readonly string[];
  readonly leftHeld: ReadonlyMap<number, string>;
}

export interface DayPlan {
  readonly shop: YogaShop;
  readonly clock: ShopClock;
  readonly stories: readonly Story[];
  readonly signal: AbortSignal;
  /** Resolves when both worlds have been looked at once more. */
  readonly nextLook: () => Promise<unknown>;
  readonly onTold: (told: Told) => void;
}

const patienceMs = 100_000;

/** Plays all stories side by side. Rejects when the signal is aborted. */
export async function playDay(plan: DayPlan): Promise<DayOutcome> {
  const leftHeld = new Map<number, string>();
  plan.clock.start();
  const missed = await Promise.all(plan.stories.map((story) => playStory(story, plan, leftHeld)));
  return { missed: missed.filter((text) => text !== undefined), leftHeld };
}

async function playStory({ name, play }: Story, { shop, clock, signal, nextLook, onTold }: DayPlan, leftHeld: Map<number, string>): Promise<string | undefined> {
  try {
    await play({
      shop,
      at: (time) => clock.at(time, signal),
      tell: (text) => onTold({ kind: 'deed', text }),
      see: async (what, condition) => {
        await comeTrue(what, condition, nextLook);
        await nextLook(); // what has happened is told before what it means
        onTold({ kind: 'seen', text: what });
      },
      leaveHeld: ({ id }, reason) => void leftHeld.set(id, reason),
    });
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    const text = `${name}: ${(error as Error).message}`;
    onTold({ kind: 'missed', text });
    return text;
  }
}

async function comeTrue(what: string, condition: () => boolean, nextLook: DayPlan['nextLook']): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`after ${patienceMs / 1_000} s it is still not so that ${what}`);
    await nextLook();
  }
}
