import type { TakenOrder, YogaShop } from '../world/shop.js';

/** What a story of the day is given. */
export interface Stage {
  readonly shop: YogaShop;
  /** Resolves when the shop's clock shows this time, e.g. `10:40`. */
  readonly at: (time: string) => Promise<void>;
  /** Says what people did. */
  readonly tell: (text: string) => void;
  /** Waits until this is so, and says so. Rejects when it does not come about in good time. */
  readonly see: (what: string, condition: () => boolean) => Promise<void>;
  /** At the end of the day this order rightly waits for a person, held for this reason. */
  readonly leaveHeld: (order: TakenOrder, reason: string) => void;
}

/** One thread of the day. Stories run side by side; in each, one thing follows another. */
export interface Story {
  readonly name: string;
  readonly play: (stage: Stage) => Promise<void>;
}
