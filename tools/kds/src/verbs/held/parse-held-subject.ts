import { InvalidArgumentError } from 'commander';
import { type HeldSubject, readHeldSubject, readOrderId } from '@kds/sync-orchestrator';

/** Reads `905`, `stock`, `prices` or `rows`, as the list shows them. */
export function parseHeldSubject(text: string): HeldSubject {
  return readHeldSubject(text) ?? refuse();
}

export function parseOrderId(text: string): string {
  return readOrderId(text) ?? refuse();
}

function refuse(): never {
  throw new InvalidArgumentError('write the number of a KeyCRM order; where others may be held, also stock, prices or rows.');
}
