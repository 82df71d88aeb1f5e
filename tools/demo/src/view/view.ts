import type { TimedNarration } from '../narrate/narration.js';
import type { Scene } from './frame.js';

/** How the day is shown. */
export interface View {
  tell(told: TimedNarration): void;
  show(scene: Omit<Scene, 'narration'>): void;
  /** Gives the terminal back. */
  close(): void;
}
