import { fetchDebianPrograms } from '../debian/fetch-debian-programs.js';
import { cacheFolders, type Env, findProgram } from '../debian/find-program.js';

/** Paths of the two programs. */
export interface PrometheusPrograms {
  readonly prometheus: string;
  readonly promtool: string;
}

/**
 * A Prometheus that the machine has, or one that is fetched from its distribution into our cache folder. Where there is none to be had: the reason, in
 * words that complete "skipped: …".
 */
export async function prometheusPrograms(env: Env, log: (line: string) => void = () => undefined): Promise<PrometheusPrograms | string> {
  const [prometheus, promtool] = await Promise.all(['prometheus', 'promtool'].map((name) => findProgram(name, env)));
  if (prometheus !== undefined && promtool !== undefined) return { prometheus, promtool };
  try {
    const [fetched = '', tool = ''] = await fetchDebianPrograms({ name: 'prometheus', programs: ['usr/bin/prometheus', 'usr/bin/promtool'] }, { folders: cacheFolders(env), log });
    return { prometheus: fetched, promtool: tool };
  } catch (error) {
    return `this machine has no prometheus with promtool, and its package cannot be fetched (${(error as Error).message.split('\n')[0]}); apt-get install prometheus brings both`;
  }
}
