import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dockerAnswers } from '@kds/testing';
import { run } from './run.js';

export const workspace = resolve(import.meta.dirname, '..', '..', '..');
const besideRepository = join(workspace, '..', 'shared', 'docker');

/** A Docker engine, as the environment that leads to it and to the images that it is to start from. */
export type EngineFound = { readonly kind: 'engine'; readonly env: NodeJS.ProcessEnv } | { readonly kind: 'none'; readonly reason: string };

/** The engine that answers already; else one that scripts beside the repository start, with stand-ins for the public images. It is left running, for the next time. */
export async function findEngine(): Promise<EngineFound> {
  if (await dockerAnswers()) return { kind: 'engine', env: await withStandIns(process.env) };
  if (!existsSync(join(besideRepository, 'engine-up.sh'))) return { kind: 'none', reason: 'no Docker engine answers: start one, or set DOCKER_HOST' };
  try {
    const printed = await run(join(besideRepository, 'engine-up.sh'), []);
    const env = { ...process.env, ...Object.fromEntries([...printed.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name, value])) };
    await run(join(besideRepository, 'stand-in-images.sh'), ['node', 'postgres', 'nats'], { env });
    return { kind: 'engine', env: await withStandIns(env) };
  } catch (error) {
    return { kind: 'none', reason: `no Docker engine can be started: ${(error as Error).message.trim().split('\n').at(-1)}` };
  }
}

/** Where Node.js's image is a stand-in, it has the name without the exact version. */
async function withStandIns(env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  const name = 'node:24-bookworm-slim';
  const found = await run('docker', ['images', '--quiet', '--filter', 'label=kds.stand-in=true', name], { env });
  return found.trim() === '' ? env : { NODE_IMAGE: name, ...env };
}
