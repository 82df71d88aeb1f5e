import { parseArgs } from 'node:util';

export interface DemoOptions {
  /** End after the day with a comparison, instead of staying up. */
  readonly once: boolean;
  /** How many times faster than usual the day is played. */
  readonly speed: number;
  /** Of everything that chance decides: the same seed gives the same orders. */
  readonly seed: number;
}

export const usage = `Usage: npm start -- [--once] [--speed N] [--seed N]

  --once      end after the day with a comparison of both systems; exit code 1 when they do not agree
  --speed N   play the day N times as fast (default 1: about three minutes)
  --seed N    chance (default 1): who orders what between the stories of the day
`;

/** Reads the command line. Throws an `Error` that tells what is wrong with it; `undefined` when help is asked for. */
export function parseOptions(args: readonly string[]): DemoOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: { once: { type: 'boolean', default: false }, speed: { type: 'string', default: '1' }, seed: { type: 'string', default: '1' }, help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) return undefined;
  const speed = Number(values.speed);
  const seed = Number(values.seed);
  if (!(speed >= 0.1 && speed <= 100)) throw new Error(`--speed is a number from 0.1 to 100, not ${values.speed}`);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new Error(`--seed is a whole number from 0 on, not ${values.seed}`);
  return { once: values.once, speed, seed };
}
