import { cacheFolders, type Env, findProgram, isExecutable } from '../debian/find-program.js';
import { installNatsServer } from './install-nats-server.js';

interface Search {
  readonly env: Env;
  readonly log: (line: string) => void;
}

/**
 * The path of a nats-server: the one that `KDS_NATS_SERVER` names, one that the machine has, one that was put into our cache folder before,
 * or one that is put there now. Rejects with what to install when none of these works.
 */
export async function natsServerBinary({ env, log }: Search): Promise<string> {
  const named = env['KDS_NATS_SERVER'];
  if (named !== undefined && named !== '') {
    if (await isExecutable(named)) return named;
    throw new Error(`KDS_NATS_SERVER names ${named}, which is no program that can be run.`);
  }
  return (await findProgram('nats-server', env)) ?? installNatsServer({ folders: cacheFolders(env), log });
}
