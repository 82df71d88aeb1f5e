import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { awaitStarted, type EmbeddedServer, stopProcess } from '../embedded-server.js';
import { startOnPort } from '../free-port.js';
import { spawnGuarded } from '../guarded-process.js';

export interface EmbeddedPrometheusOptions {
  /** The program; see `prometheusPrograms`. */
  readonly program: string;
  readonly dataDir: string;
  /** What Prometheus reads as its configuration; relative paths in it are below `dataDir`. */
  readonly config: string;
  readonly log?: (line: string) => void;
}

const SIGNS = { name: 'prometheus', ready: 'Server is ready to receive web requests', portTaken: /address already in use/i };

/** Starts a real Prometheus on loopback. */
export async function startEmbeddedPrometheus({ program, dataDir, config, log = () => undefined }: EmbeddedPrometheusOptions): Promise<EmbeddedServer> {
  const folder = resolve(dataDir);
  await mkdir(folder, { recursive: true });
  const configFile = join(folder, 'prometheus.yml');
  await writeFile(configFile, config);
  return startOnPort(undefined, async (port) => {
    const args = [`--config.file=${configFile}`, `--storage.tsdb.path=${join(folder, 'tsdb')}`, `--web.listen-address=127.0.0.1:${port}`];
    const child = await spawnGuarded({ command: program, args, orphanSignal: 'TERM' });
    await awaitStarted(child, SIGNS, log);
    return { url: `http://127.0.0.1:${port}`, port, pid: child.pid, exited: child.exited, stop: () => stopProcess(child, 'SIGTERM') };
  });
}
