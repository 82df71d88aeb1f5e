import type { Account } from '../accounts/account.js';
import { htmlAnswer, jsonAnswer, type Outgoing } from './outgoing.js';
import type { RateWindow } from './rate-window.js';

export interface Throttling {
  /** Present when the request is refused. */
  readonly refusal?: Outgoing;
  /** Headers for the answer of a request that passed. */
  readonly headers: Readonly<Record<string, string>>;
  /** Why it was refused when the client is not to blame: a scripted burst, or others that use the same budget. */
  readonly cause?: 'throttle-burst' | 'used-elsewhere';
}

/** Takes one request from an address off the budget that it has, or refuses it. `now` in ms. */
export function throttle(account: Account, address: string, now: number): Throttling {
  const burstMs = account.throttledUntil - now;
  if (burstMs > 0) return { refusal: tooMany(account, burstMs), headers: {}, cause: 'throttle-burst' };
  const { window, unseen } = budgetOf(account, address);
  const taken = window.take(now, { form: account.switches.rateWindow, by: account.name, unseen });
  if (taken.passed) return { headers: limitHeaders(account, taken.left) };
  const refusal = tooMany(account, taken.waitMs);
  if (taken.byOthers) return { refusal, headers: {}, cause: 'used-elsewhere' };
  account.log.violate('throttled', `more than ${account.rate.perMinute} requests within a minute`);
  return { refusal, headers: {} };
}

/** The window in which a request counts, and how many requests a minute programs that are not seen here make in it. */
function budgetOf(account: Account, address: string): { readonly window: RateWindow; readonly unseen: number } {
  const { callers, rate, pairRates, name } = account;
  const own = callers.elsewhere.get(name);
  const ofKey = own?.requestsPerMinute ?? 0;
  const ofPair = own?.address === address ? ofKey : 0;
  const { rateScope } = account.switches;
  if (rateScope === 'key') return { window: rate, unseen: ofKey };
  if (rateScope === 'pair') return { window: pairRates.of(address, rate.perMinute), unseen: ofPair };
  const atAddress = [...callers.elsewhere.values()].filter((program) => program.address === address);
  const unseen = atAddress.reduce((total, { requestsPerMinute }) => total + requestsPerMinute, 0);
  return { window: callers.windows.of(address, rate.perMinute), unseen };
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
