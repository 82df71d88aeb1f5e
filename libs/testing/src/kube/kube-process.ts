import { mkdir } from 'node:fs/promises';
import { spawnGuarded, type GuardedProcess } from '@kds/embedded';

/** An API server that is our own child. Started again in the same folder it has the same address and data. */
export interface KubeProcess {
  readonly kubeconfig: string;
  stop(): Promise<void>;
}

/** The small server: prints the path of its kubeconfig once it is ready. */
export async function startFromScript(script: string, folder: string): Promise<KubeProcess> {
  await mkdir(folder, { recursive: true });
  const server = await spawnGuarded({ command: 'sh', args: [script, folder] });
  const lines: string[] = [];
  const kubeconfig = await new Promise<string>((resolve, reject) => {
    server.onLine((line, stream) => (stream === 'stdout' ? resolve(line) : lines.push(line)));
    void server.drained.then(() => reject(new Error(`${script} ended before it was ready: ${lines.slice(-5).join(' / ')}`)));
  });
  return { kubeconfig, stop: () => end(server) };
}

export async function end(server: GuardedProcess): Promise<void> {
  server.kill('SIGTERM');
  const patience = setTimeout(() => server.kill('SIGKILL'), 10_000);
  await server.exited;
  clearTimeout(patience);
}
