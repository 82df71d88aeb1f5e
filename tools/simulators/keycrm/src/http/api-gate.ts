import type { ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '@kds/simulator-kit';
import type { Account } from '../accounts/account.js';
import { isObject } from './body-check.js';
import { execute, refusalAnswer } from './execute.js';
import { type Incoming, jsonOf } from './incoming.js';
import { htmlAnswer, jsonAnswer, type Outgoing, send } from './outgoing.js';
import { driftOf } from './page-drift.js';
import { unauthenticated } from './refusal.js';
import { findRoute } from './routes.js';
import { throttle, tooMany } from './throttle.js';
import { isJson, noteViolations } from './write-rules.js';

/** What became of a request; no `answer`: the connection is cut. */
interface Outcome {
  readonly answer?: Outgoing;
  readonly executed: boolean;
  /** Status that the caller got; 0 when it got none. */
  readonly body?: unknown;
  readonly fault?: string;
}

/**
 * Takes one authorised request through the account: rate check, fault, latency, execution, answer, log. The moment of execution is after the
 * latency (and after a `delay` fault), so a caller that gave up waiting is still obeyed.
 */
export async function serveApi(account: Account, incoming: Incoming, path: string, response: ServerResponse): Promise<void> {
  const started = performance.now();
  const at = new Date().toISOString();
  const operation = findRoute(incoming.method, path)?.route.operation ?? `${incoming.method} ${path}`;
  const body = isJson(incoming) ? jsonOf(incoming.text) : undefined;
  noteViolations(account, incoming, operation, body);

  const { answer, ...outcome } = await outcomeOf(account, incoming, { path, operation, body });
  if (answer) send(response, answer);
  else response.destroy();
  account.log.record({
    at,
    operation,
    request: { method: incoming.method, path, query: Object.fromEntries(incoming.search), body },
    executed: outcome.executed,
    status: answer?.status ?? 0,
    answer: incoming.method === 'GET' && (answer?.status ?? 0) < 400 ? undefined : outcome.body,
    fault: outcome.fault,
    durationMs: performance.now() - started,
  });
}

interface Call {
  readonly path: string;
  readonly operation: string;
  readonly body: unknown;
}

async function outcomeOf(account: Account, incoming: Incoming, call: Call): Promise<Outcome> {
  if (!account.accepts(incoming.bearer ?? '')) return { answer: wrongKeyAnswer(account, incoming), executed: false };
  const { refusal, headers, cause } = throttle(account, incoming.address, performance.now());
  if (refusal) return { answer: refusal, executed: false, fault: cause };
  const fault = account.faults.next(call.operation);
  if (account.latencyMs > 0) await sleep(account.latencyMs);
  if (fault?.kind === 'delay') await sleep(fault.ms);
  if (isVendor(fault, 'pause')) account.pause.begin();
  await account.pause.over();
  const instead = fault && insteadOfExecution(account, fault);
  if (instead) return instead;

  const drift = isVendor(fault, 'page-drift') ? driftOf(fault.detail) : undefined;
  const { answer, body } = execute(account, incoming, { path: call.path, body: call.body, drift });
  if (isVendor(fault, 'late-answer')) await sleep(detailOf(fault, 'ms', lateMs));
  if (fault?.kind === 'lost-after') return { executed: true, body, fault: fault.kind };
  if (fault?.kind === 'empty-body') return { answer: { status: 200, contentType: 'application/json', text: '' }, executed: true, body, fault: fault.kind };
  return { answer: { ...answer, headers: { ...headers, ...answer.headers } }, executed: true, body, fault: fault?.kind === 'vendor' ? fault.name : fault?.kind };
}

function wrongKeyAnswer(account: Account, incoming: Incoming): Outgoing {
  return account.switches.wrongKeyForm === 'html' ? htmlAnswer(401, 'Unauthorized') : refusalAnswer(account, incoming, unauthenticated);
}

/**
 * Failures that only this API knows. `throttle-burst` refuses everything with 429 for `{ms}`; `json-error` answers with `{status}`; `pause` holds this
 * request and those after it back until `resume`; `late-answer` executes at once and answers after `{ms}`;
 * `page-drift` cuts a page as if `{rows}` rows before it had meanwhile been `{how: 'inserted'}` or `'deleted'`, or all
 * rows `'reordered'`, while the account stays as it is.
 */
export const vendorFaults = ['throttle-burst', 'json-error', 'pause', 'late-answer', 'page-drift'] as const;

const [burstMs, lateMs] = [5_000, 30_000];

function isVendor(fault: Fault | undefined, name: (typeof vendorFaults)[number]): fault is Fault & { kind: 'vendor' } {
  return fault?.kind === 'vendor' && fault.name === name;
}

function detailOf({ detail }: Fault & { kind: 'vendor' }, key: string, usual: number): number {
  return Number((isObject(detail) ? detail[key] : undefined) ?? usual);
}

/** The outcome of a fault that leaves the account untouched. */
function insteadOfExecution(account: Account, fault: Fault): Outcome | undefined {
  if (fault.kind === 'reset-before') return { executed: false, fault: fault.kind };
  if (fault.kind === 'html-error') return { answer: htmlAnswer(fault.status, 'Bad Gateway'), executed: false, fault: fault.kind };
  if (isVendor(fault, 'throttle-burst')) {
    const ms = detailOf(fault, 'ms', burstMs);
    account.throttledUntil = performance.now() + ms;
    return { answer: tooMany(account, ms), executed: false, fault: fault.name };
  }
  if (!isVendor(fault, 'json-error')) return undefined;
  return { answer: jsonAnswer(detailOf(fault, 'status', 500), { message: 'Server Error' }), executed: false, fault: fault.name };
}
