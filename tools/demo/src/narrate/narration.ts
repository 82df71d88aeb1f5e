/** Who or what a line of the narration is about. */
export type NarrationKind = 'starting' | 'started' | 'deed' | 'seen' | 'missed' | 'dilovod' | 'keycrm' | 'held' | 'freed' | 'care';

/** One thing that has just happened, in plain English. */
export interface Narration {
  readonly kind: NarrationKind;
  readonly text: string;
}

/** A line of the narration with the time on the shop's clock. */
export interface TimedNarration extends Narration {
  readonly time: string;
}
