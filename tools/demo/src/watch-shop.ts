import { setTimeout as pause } from 'node:timers/promises';
import { narrateChanges } from './narrate/narrate-changes.js';
import type { Narration } from './narrate/narration.js';
import type { World } from './world/open-world.js';
import { readShopState, type ShopState } from './world/shop-state.js';

const lookEveryMs = 200;

export interface ShopWatch {
  readonly world: World;
  /** Ends the watch, after one last look. */
  readonly signal: AbortSignal;
  readonly onChange: (change: Narration) => void;
  readonly onState: (state: ShopState) => void;
}

/** Looks at both worlds and the ledger again and again and tells what has changed. Resolves after the signal is aborted. */
export async function watchShop({ world: { shop, ledger }, signal, onChange, onState }: ShopWatch): Promise<void> {
  let last: ShopState | undefined;
  for (;;) {
    const state = readShopState(shop, await ledger.read(), last);
    for (const change of last === undefined ? [] : narrateChanges(last, state)) onChange(change);
    onState(state);
    if (signal.aborted) return;
    last = state;
    await pause(lookEveryMs, undefined, { signal }).catch(() => undefined);
  }
}
