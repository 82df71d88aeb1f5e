import { once } from 'node:events';
import { addressesOf } from './addresses.js';
import { parseOptions, usage, type DemoOptions } from './options.js';
import { printReport } from './report/print-report.js';
import type { ShopReport } from './report/shop-report.js';
import { ShownDay } from './shown-day.js';
import { stopSignal } from './stop-signal.js';
import { LiveView } from './view/live-view.js';
import { PlainLines } from './view/plain-lines.js';
import type { View } from './view/view.js';
import { openWorld } from './world/open-world.js';

/**
 * Runs the demo. Returns the exit code: 0 after Ctrl-C; with `--once` whether both systems agree after the day (0) or not (1); 1 when something could not
 * be started; 2 for a wrong command line.
 */
export async function runDemo(args: readonly string[]): Promise<number> {
  let options: DemoOptions | undefined;
  try {
    options = parseOptions(args);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${usage}`);
    return 2;
  }
  if (options === undefined) {
    process.stdout.write(usage);
    return 0;
  }
  return runUntilStopped(options, stopSignal());
}

const colours = process.stdout.isTTY && !process.env['NO_COLOR'];

async function runUntilStopped(options: DemoOptions, signal: AbortSignal): Promise<number> {
  const undo: (() => Promise<unknown>)[] = [];
  const view = openView();
  let report: ShopReport | undefined;
  let failure: unknown;
  try {
    const day = new ShownDay({ options, view, signal });
    const world = await openWorld({ seed: options.seed, signal, undo, onProgress: (progress) => day.tell(progress) });
    report = await day.play(world, undo);
    if (!options.once) {
      if (!process.stdout.isTTY) process.stdout.write(`${[...printReport(report, { width: 160, colours }), '', 'Still running; Ctrl-C ends it.', ...addressesOf(world)].join('\n')}\n`);
      if (!signal.aborted) await once(signal, 'abort');
    }
  } catch (error) {
    if (!signal.aborted) failure = error;
  }
  await undoAll(undo);
  view.close();
  if (failure !== undefined) process.stderr.write(`The demo failed: ${failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)}\n`);
  if (report !== undefined && (options.once || process.stdout.isTTY)) process.stdout.write(`${printReport(report, { width: process.stdout.columns || 160, colours }).join('\n')}\n`);
  return exitCodeOf({ failure, report, options });
}

function exitCodeOf({ failure, report, options }: { readonly failure: unknown; readonly report: ShopReport | undefined; readonly options: DemoOptions }): number {
  if (failure !== undefined) return 1;
  if (!options.once) return 0;
  return report?.problems.length === 0 ? 0 : 1;
}

function openView(): View {
  const terminal = process.stdout;
  return terminal.isTTY && process.env['TERM'] !== 'dumb' ? new LiveView(terminal, colours) : new PlainLines((text) => terminal.write(text));
}

/** Last thing first; what cannot be undone does not keep the rest from it. */
async function undoAll(undo: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const step of undo.toReversed()) await step().catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
}
