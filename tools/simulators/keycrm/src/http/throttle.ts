import type { Account } from '../accounts/account.js';
import { htmlAnswer, jsonAnswer, type Outgoing } from './outgoing.js';

export interface Throttling {
  /** Present when the request is refused. */
  readonly refusal?: Outgoing;
  /** Headers for the answer of a request that passed. */
  readonly headers: Readonly<Record<string, string>>;
  /** A scripted burst refused it, not the limit itself: no fault of the client. */
  readonly byBurst?: boolean;
}

/** Takes one request off the key's budget, or refuses it. `now` in ms. */
export function throttle(account: Account, now: number): Throttling {
  if (account.throttledUntil > now) return { refusal: tooMany(account, account.throttledUntil - now), headers: {}, byBurst: true };
  const taken = account.rate.take(now, account.switches.rateWindow);
  if (taken.passed) return { headers: limitHeaders(account, taken.left) };
  account.log.violate('throttled', `more than ${account.rate.perMinute} requests within a minute`);
  return { refusal: tooMany(account, taken.waitMs), headers: {} };
}

/** A 429 that asks to wait for `waitMs`, in the form that the account's switches give it. */
export function tooMany(account: Account, waitMs: number): Outgoing {
  const { retryAfter, throttleBody } = account.switches;
  const seconds = retryAfter === 'zero' ? 0 : Math.max(1, Math.ceil(waitMs / 1000));
  const headers = { ...limitHeaders(account, 0), ...(retryAfter === 'absent' ? {} : { 'retry-after': String(seconds) }) };
  if (throttleBody === 'html') return htmlAnswer(429, 'Too Many Requests', headers);
  return jsonAnswer(429, { message: 'Too Many Attempts.' }, headers);
}

function limitHeaders(account: Account, left: number): Record<string, string> {
  if (account.switches.rateLimitHeaders === 'absent') return {};
  return { 'x-ratelimit-limit': String(account.rate.perMinute), 'x-ratelimit-remaining': String(left) };
}
