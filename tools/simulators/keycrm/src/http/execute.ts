import type { Account } from '../accounts/account.js';
import { announceStock } from '../webhooks/stock-event.js';
import { parseApiQuery } from './api-query.js';
import type { Incoming } from './incoming.js';
import { htmlAnswer, jsonAnswer, type Outgoing } from './outgoing.js';
import type { PageDrift } from './page-drift.js';
import { Refusal } from './refusal.js';
import { render } from './rendering.js';
import { findRoute, isUnsimulated } from './routes.js';

export interface Executed {
  readonly answer: Outgoing;
  /** The unrendered outcome, for the log. */
  readonly body: unknown;
}

export interface Call {
  /** Below the base path. */
  readonly path: string;
  readonly body: unknown;
  readonly drift?: PageDrift;
}

/** Executes one request against the account, all of it or nothing. */
export function execute(account: Account, incoming: Incoming, { path, body, drift }: Call): Executed {
  const found = findRoute(incoming.method, path);
  try {
    if (!found && isUnsimulated(path)) throw new Refusal(501, { message: 'KeyCRM knows this path, its simulator does not.' });
    if (!found) throw new Refusal(404, { message: 'The route could not be found.' });
    const { status, body: answered } = found.route.answer({
      account,
      operation: found.route.operation,
      id: found.id,
      partId: found.partId,
      query: parseApiQuery(incoming.search, account.switches.nestedFilter),
      body,
      drift,
      url: incoming.origin + incoming.path,
    });
    announceStock(account);
    const rendered = render(answered, account.switches);
    return { answer: jsonAnswer(status, rendered), body: rendered };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return { answer: refusalAnswer(account, incoming, refusal), body: refusal.body };
  }
}

/** A refusal in the form that the request's `Accept` and the account's switches give it. */
export function refusalAnswer(account: Account, incoming: Incoming, refusal: Refusal): Outgoing {
  const form = incoming.acceptsJson ? 'json' : account.switches.errorsWithoutAccept;
  if (form === 'html') return htmlAnswer(refusal.status, 'Error');
  if (form === 'redirect') return htmlAnswer(302, 'Found', { location: incoming.origin });
  return jsonAnswer(refusal.status, refusal.body);
}
