import type { ServerResponse } from 'node:http';
import type { NewAccount } from '../accounts/account.js';
import type { Accounts } from '../accounts/accounts.js';
import { type Incoming, jsonOf } from '../http/incoming.js';
import { jsonAnswer, type Outgoing, send } from '../http/outgoing.js';
import { Refusal } from '../http/refusal.js';
import { switchTable } from '../switches.js';
import { readingVerbs, type VerbName, verbs } from './account-control.js';

/**
 * The control API, JSON without authorisation:
 * `GET /switches` · `GET /accounts` · `POST /accounts` · `GET /strangers` · `POST /accounts/{name}/{verb}` with the verb's argument as body ·
 * `GET /accounts/{name}/{reading verb}?since=`. Answers 200 with what the verb returned (`null` for nothing), 400 with a message otherwise.
 */
export async function serveControl(accounts: Accounts, incoming: Incoming, path: string, response: ServerResponse): Promise<void> {
  try {
    send(response, jsonAnswer(200, (await answerOf(accounts, incoming, path)) ?? null));
  } catch (error) {
    send(response, problemAnswer(error));
  }
}

function problemAnswer(error: unknown): Outgoing {
  if (error instanceof Refusal) return jsonAnswer(error.status, error.body);
  if (error instanceof RangeError || error instanceof TypeError) return jsonAnswer(400, { message: error.message });
  throw error;
}

function answerOf(accounts: Accounts, incoming: Incoming, path: string): unknown {
  const call = `${incoming.method} ${path}`;
  if (call === 'GET /switches') return switchTable;
  if (call === 'GET /accounts') return accounts.names();
  if (call === 'GET /strangers') return accounts.strangers.requests();
  if (call === 'POST /accounts') return { name: accounts.create(jsonOf(incoming.text) as NewAccount).name };
  const [, name, verb] = /^\/accounts\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
  if (name === undefined || !isVerb(verb)) throw new RangeError(`no control call ${call}; verbs are ${Object.keys(verbs).join(', ')}`);
  if (incoming.method === 'GET' && !readingVerbs.includes(verb)) throw new RangeError(`${verb} changes things: POST it`);
  const control = accounts.named(decodeURIComponent(name));
  const argument = incoming.method === 'GET' ? { since: Number(incoming.search.get('since') ?? 0) } : jsonOf(incoming.text);
  return (control[verb] as (argument: unknown) => unknown)(argument);
}

function isVerb(text: string | undefined): text is VerbName {
  return text !== undefined && Object.hasOwn(verbs, text);
}
