import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { PortTaken } from './embedded-server.js';

const ATTEMPTS = 5;

/** A TCP port of 127.0.0.1 on which nothing listens at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts on `fixed`, or else on a free port, and on another one when somebody else was quicker to take it. */
export async function startOnPort<T>(fixed: number | undefined, start: (port: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start(fixed ?? (await freePort()));
    } catch (error) {
      if (!(error instanceof PortTaken) || fixed !== undefined || attempt === ATTEMPTS) throw error;
    }
  }
}
