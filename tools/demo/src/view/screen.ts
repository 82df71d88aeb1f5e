import type { WriteStream } from 'node:tty';
import { type Row, toTerminal } from './spans.js';

const enter = '\x1b[?1049h\x1b[?25l';
const leave = '\x1b[?25h\x1b[?1049l';
/** Terminals that know it show everything between these at once. */
const [beginUpdate, endUpdate] = ['\x1b[?2026h', '\x1b[?2026l'];

/** A whole terminal that is redrawn without flicker: only lines that changed are written. */
export class Screen {
  private shown: readonly string[] = [];
  private readonly forget = () => (this.shown = []);

  constructor(
    private readonly terminal: WriteStream,
    private readonly colours: boolean,
  ) {
    terminal.write(enter);
    terminal.on('resize', this.forget);
    process.once('exit', this.close);
  }

  get size(): { readonly width: number; readonly height: number } {
    return { width: this.terminal.columns || 80, height: this.terminal.rows || 24 };
  }

  draw(rows: readonly Row[]): void {
    const { width, height } = this.size;
    const lines = Array.from({ length: height }, (_, index) => toTerminal(rows[index] ?? [], { width, colours: this.colours }));
    const changed = lines.flatMap((line, index) => (line === this.shown[index] ? [] : [`\x1b[${index + 1};1H${line}\x1b[K`]));
    this.shown = lines;
    if (changed.length > 0) this.terminal.write(beginUpdate + changed.join('') + endUpdate);
  }

  /** Gives the terminal back, also when the process ends unexpectedly. */
  readonly close = (): void => {
    this.terminal.off('resize', this.forget);
    process.off('exit', this.close);
    this.terminal.write(leave);
  };
}
