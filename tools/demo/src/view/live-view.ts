import type { View } from './view.js';
import type { TimedNarration } from '../narrate/narration.js';
import { frameOf, type Scene } from './frame.js';
import { Screen } from './screen.js';
import { looksOfNarration } from './narration-looks.js';

const keptLines = 500;

/** The day on a whole terminal. */
export class LiveView implements View {
  private readonly screen: Screen;
  private readonly narration: TimedNarration[] = [];

  constructor(terminal: NodeJS.WriteStream & { fd: 1 | 2 }, colours: boolean) {
    this.screen = new Screen(terminal, colours);
    this.screen.draw([[{ text: ' Starting …', look: 'title' }]]);
  }

  tell(told: TimedNarration): void {
    this.narration.push(told);
    if (this.narration.length > keptLines) this.narration.shift();
    if (told.kind === 'starting' || told.kind === 'started') this.drawStart();
  }

  show(scene: Omit<Scene, 'narration'>): void {
    this.screen.draw(frameOf({ ...scene, narration: this.narration }, this.screen.size));
  }

  close(): void {
    this.screen.close();
  }

  private drawStart(): void {
    const lines = this.narration.map(({ kind, text }) => [{ text: `  ${looksOfNarration[kind].mark} `, look: looksOfNarration[kind].look }, { text }]);
    this.screen.draw([[{ text: ' Starting …', look: 'title' }], [], ...lines]);
  }
}
