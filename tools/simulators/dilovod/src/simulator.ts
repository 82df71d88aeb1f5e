import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Base } from './base/base.js';
import { type BaseControl, controlOf } from './control/base-control.js';
import { type BaseSettings, createBase } from './control/create-base.js';
import { serveApi } from './http/api-endpoint.js';
import { type ControlledBases, serveControl } from './http/control-endpoint.js';
import { answerJson, cutConnection, type Wire } from './http/wire.js';

/** A running simulator with any number of bases. */
export interface DilovodSimulator {
  /** Where clients post packets. */
  readonly baseUrl: string;
  /** Where the control API answers. */
  readonly controlUrl: string;
  createBase(settings: BaseSettings): BaseControl;
  /** Throws when there is no such base. */
  base(name: string): BaseControl;
  close(): Promise<void>;
}

/** Starts a simulator, by default on a free port of 127.0.0.1. */
export async function startDilovodSimulator({ port = 0, host = '127.0.0.1' }: { readonly port?: number; readonly host?: string } = {}): Promise<DilovodSimulator> {
  const bases = new BaseRegister();
  const closing = new AbortController();
  const server = createServer((request, response) => {
    serve(bases, { request, response }, closing.signal).catch((error: unknown) => {
      if (!response.headersSent && !response.destroyed) answerJson({ request, response }, 500, { error: `simulator failed: ${String(error)}` });
    });
  });
  const baseUrl = await listen(server, { port, host });
  return {
    baseUrl,
    controlUrl: `${baseUrl}/_control`,
    createBase: (settings) => bases.createBase(settings),
    base: (name) => bases.base(name),
    close: () => {
      closing.abort();
      for (const base of bases.all()) base.webhooks.close();
      return closeServer(server);
    },
  };
}

class BaseRegister implements ControlledBases {
  private readonly bases = new Map<string, { readonly base: Base; readonly control: BaseControl }>();

  createBase(settings: BaseSettings): BaseControl {
    if (this.bases.has(settings.name)) throw new Error(`Base ${settings.name} exists already`);
    const base = createBase(settings, this.all());
    const control = controlOf(base);
    this.bases.set(settings.name, { base, control });
    return control;
  }

  base(name: string): BaseControl {
    const found = this.bases.get(name);
    if (!found) throw new Error(`No base ${name}`);
    return found.control;
  }

  names(): readonly string[] {
    return [...this.bases.keys()];
  }

  all(): readonly Base[] {
    return [...this.bases.values()].map(({ base }) => base);
  }
}

async function serve(bases: BaseRegister, wire: Wire, closing: AbortSignal): Promise<void> {
  const { pathname } = new URL(wire.request.url ?? '/', 'http://simulator');
  if (pathname.startsWith('/_control/')) return serveControl(bases, wire, pathname.slice('/_control/'.length));
  if (pathname !== '/' && pathname !== '/api/' && pathname !== '/api') return answerJson(wire, 404, { error: 'not found' });
  if (wire.request.method !== 'POST') return answerJson(wire, 405, { error: 'POST only' });
  try {
    await serveApi(bases.all(), wire, closing);
  } catch (error) {
    if (!wire.request.destroyed || wire.request.complete) throw error;
    cutConnection(wire);
  }
}

function listen(server: Server, { port, host }: { port: number; host: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(`http://${host}:${(server.address() as AddressInfo).port}`));
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
