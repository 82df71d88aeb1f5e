import type { TimedNarration } from '../narrate/narration.js';
import { looksOfNarration } from './narration-looks.js';
import type { View } from './view.js';

/** The day where there is no terminal: one event a line, with the shop's clock. */
export class PlainLines implements View {
  constructor(private readonly write: (text: string) => void) {}

  tell(told: TimedNarration): void {
    this.write(`${toPlainLine(told)}\n`);
  }

  show(): void {
    // What it would show has been told line by line.
  }

  close(): void {
    // Nothing was taken.
  }
}

export function toPlainLine({ time, kind, text }: TimedNarration): string {
  return `${time} ${looksOfNarration[kind].mark.trim().padEnd(7)} ${text.replaceAll(/\s+/g, ' ')}`;
}
