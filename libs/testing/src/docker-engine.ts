import { request } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Whether some Docker engine can be talked to, found out without loading Testcontainers, which takes a second. */
export async function dockerAnswers(): Promise<boolean> {
  const host = process.env['DOCKER_HOST'];
  if (host !== undefined && host !== '') return host.startsWith('unix://') ? answers(host.slice('unix://'.length)) : true;
  for (const socket of ['/var/run/docker.sock', join(homedir(), '.docker', 'run', 'docker.sock')]) {
    if (await answers(socket)) return true;
  }
  return false;
}

async function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const ping = request({ socketPath, path: '/_ping', timeout: 2_000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    ping.on('timeout', () => ping.destroy());
    ping.on('error', () => resolve(false));
    ping.end();
  });
}
