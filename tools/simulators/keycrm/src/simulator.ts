import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RequestLog } from '@kds/simulator-kit';
import type { NewAccount } from './accounts/account.js';
import { Accounts } from './accounts/accounts.js';
import type { AccountControl } from './control/account-control.js';
import { serveControl } from './control/control-api.js';
import { serveApi } from './http/api-gate.js';
import { type Incoming, readIncoming } from './http/incoming.js';
import { htmlAnswer, jsonAnswer, send } from './http/outgoing.js';
import { unauthenticated } from './http/refusal.js';

const basePath = '/v1';
const controlPath = '/_control';

export interface SimulatorOptions {
  /** 0 (the default): a free one. */
  readonly port?: number;
  readonly host?: string;
}

/** A running simulator of the KeyCRM API with any number of accounts. */
export interface KeycrmSimulator {
  /** Address of the API, e.g. `http://127.0.0.1:4010/v1`. */
  readonly baseUrl: string;
  /** Address of the control API, e.g. `http://127.0.0.1:4010/_control`. */
  readonly controlUrl: string;
  /** Throws when the name or the key is taken. */
  createAccount(wanted: NewAccount): AccountControl;
  /** Throws when there is none of that name. */
  account(name: string): AccountControl;
  accountNames(): readonly string[];
  /** Requests whose key belongs to no account. */
  readonly strangers: RequestLog;
  close(): Promise<void>;
}

export async function startKeycrmSimulator(options: SimulatorOptions = {}): Promise<KeycrmSimulator> {
  const host = options.host ?? '127.0.0.1';
  const accounts = new Accounts();
  const server = createServer((message, response) => {
    serve(accounts, message, response).catch((error: unknown) => fail(response, error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  return {
    baseUrl: origin + basePath,
    controlUrl: origin + controlPath,
    createAccount: (wanted) => accounts.create(wanted),
    account: (name) => accounts.named(name),
    accountNames: () => accounts.names(),
    strangers: accounts.strangers,
    close: async () => {
      accounts.stop();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function serve(accounts: Accounts, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const incoming = await readIncoming(message);
  if (isBelow(incoming.path, controlPath)) return serveControl(accounts, incoming, incoming.path.slice(controlPath.length), response);
  // A wrong base path never reaches the API itself.
  if (!isBelow(incoming.path, basePath)) return send(response, htmlAnswer(404, 'Not Found'));
  const account = accounts.withKey(incoming.bearer);
  if (account) return serveApi(account, incoming, incoming.path.slice(basePath.length), response);
  refuseStranger(accounts.strangers, incoming, response);
}

function isBelow(path: string, parent: string): boolean {
  return path === parent || path.startsWith(`${parent}/`);
}

function refuseStranger(log: RequestLog, incoming: Incoming, response: ServerResponse): void {
  const { method, path } = incoming;
  const request = { method, path, query: Object.fromEntries(incoming.search) };
  log.record({ at: new Date().toISOString(), operation: `${method} ${path}`, request, executed: false, status: 401, durationMs: 0 });
  send(response, jsonAnswer(401, unauthenticated.body));
}

/** A mistake in the simulator itself, or a caller that hung up half-way. */
function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return;
  send(response, jsonAnswer(500, { message: `The simulator failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` }));
}
