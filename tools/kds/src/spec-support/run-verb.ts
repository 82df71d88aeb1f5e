import { runKds } from '../program.js';
import type { World } from '../world.js';

export interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** Runs one command line as a shell would hand it over, in a terminal of 80 columns unless told, by the person `olena`. */
export async function runVerb(line: string, { env = {}, width = 80 }: Partial<Pick<World, 'env' | 'width'>> = {}): Promise<Ran> {
  const printed = { out: '', err: '' };
  const world: World = {
    env,
    width,
    operator: 'olena',
    now: () => new Date(),
    print: (text) => void (printed.out += text),
    complain: (text) => void (printed.err += text),
  };
  const exitCode = await runKds(line.split(' '), world);
  return { exitCode, ...printed };
}

/** What a verb says to a program. Throws when it is not exactly one JSON document. */
export async function runJson<Document>(line: string, env: World['env']): Promise<Document> {
  return JSON.parse((await runVerb(`${line} --json`, { env })).out) as Document;
}
