import { type FailureCode, failureCodes } from '@kds/kernel';
import type { CommandKind } from './commands.js';

/**
 * Whose fault a failure is, and so what rests because of it. `account`: the API, its key or its limit; every command of
 * the account would meet it. `tenant`: the tenant's Secret, or the gateways of its pool. `gateway`: one process of
 * ours; nothing rests. `command`: this one command, tried again by itself or refused. `order`: what the API says of the
 * order's own data.
 */
export type Fault = 'account' | 'tenant' | 'gateway' | 'command' | 'order';

export interface FailureRule {
  readonly fault: Fault;
  /** What people are told: the account cannot be reached as it should, refuses its key, or its limit is used up. */
  readonly trouble?: 'outage' | 'key' | 'limit' | 'silence';
  /** How long account or lane rest, in milliseconds, by how many failures came in a row. */
  readonly restMs: (inARow: number) => number;
}

const noRest = () => 0;

/** One bad answer is chance; several in a row are an outage. */
function backOff(inARow: number): number {
  return inARow < 3 ? 0 : Math.min(60_000, 500 * 2 ** (inARow - 3));
}

const outage: FailureRule = { fault: 'account', trouble: 'outage', restMs: backOff };
const ours: FailureRule = { fault: 'gateway', restMs: noRest };
const ofCommand: FailureRule = { fault: 'command', restMs: noRest };
const ofOrder: FailureRule = { fault: 'order', restMs: noRest };

/** Where the API does not say how long, it is asked again soon: live orders wait for it. */
const soon = (inARow: number) => Math.min(5_000, 1_000 * 2 ** inARow);

const rules: Readonly<Record<FailureCode, FailureRule>> = {
  'bad-key': { fault: 'account', trouble: 'key', restMs: () => 60_000 },
  throttled: { fault: 'account', trouble: 'limit', restMs: soon },
  concurrent: { fault: 'account', trouble: 'limit', restMs: (inARow) => Math.min(10_000, 500 * 2 ** inARow) },

  unreachable: outage,
  'connection-lost': outage,
  timeout: outage,
  deadline: outage,
  'bad-http': outage,
  'http-status': outage,
  'server-error': outage,
  redirect: outage,
  html: outage,
  'not-json': outage,
  'bad-json': outage,
  'empty-body': outage,
  'bad-answer': outage,
  'no-id': outage,
  'too-large': outage,
  oversize: outage,

  'bad-request': ofCommand,
  'access-denied': ofCommand,
  'not-found': ofCommand,
  invalid: ofCommand,
  refused: ofCommand,
  'bad-filter': ofCommand,
  'method-not-allowed': ofCommand,
  'no-order-states': ofCommand,
  'cost-not-shown': ofCommand,
  'history-not-shown': ofCommand,
  bug: ofCommand,
  'unknown-kind': ofCommand,
  'too-late': ofCommand,
  'held-too-long': ofCommand,

  'bad-field': ofOrder,
  'missing-required': ofOrder,
  locked: ofOrder,
  shortage: ofOrder,
  'price-exists': ofOrder,
  'closed-period': ofOrder,
  'not-marked': ofOrder,
  'person-unreadable': ofOrder,
  'return-amounts-differ': ofOrder,

  aborted: ours,
  cancelled: ours,
  'taken-over': ours,
  'bus-forgot': ours,
  'lease-expired': { ...ours, trouble: 'silence' },

  'tenant-not-ready': { fault: 'tenant', trouble: 'key', restMs: () => 5_000 },
  'gateway-silent': { fault: 'tenant', trouble: 'silence', restMs: () => 10_000 },
  'other-account': { fault: 'tenant', restMs: noRest },
};

/**
 * An answer that outgrows its bound is the fault of a list that is too long, but of the API where one thing was asked
 * for.
 */
const outgrown: ReadonlySet<string> = new Set<FailureCode>(['oversize', 'too-large']);
const lists: ReadonlySet<CommandKind> = new Set<CommandKind>([
  'list-orders',
  'list-stocks',
  'list-cards',
  'list-documents',
  'read-goods',
  'read-stock-history',
  'read-balances',
  'read-prices',
]);

/** The rule of a failure of a command of this kind. A code that is not in the table is the command's own. */
export function failureRule(code: string, kind: CommandKind): FailureRule {
  if (outgrown.has(code) && lists.has(kind)) return ofCommand;
  return Object.hasOwn(rules, code) ? rules[code as FailureCode] : ofCommand;
}

/** The codes whose rule is so, in the table's order; for alarms and for what people are told. */
export function codesWhere(holds: (rule: FailureRule) => boolean): readonly FailureCode[] {
  return failureCodes.filter((code) => holds(rules[code]));
}
