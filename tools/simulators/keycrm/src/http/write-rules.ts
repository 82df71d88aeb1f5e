import type { Account } from '../accounts/account.js';
import { dimensionKeys } from '../catalogue/catalogue.js';
import type { Incoming } from './incoming.js';

const dimensions: ReadonlySet<string> = new Set(dimensionKeys);

/** Notes what a well-behaved client never does in a write. */
export function noteViolations(account: Account, incoming: Incoming, operation: string, body: unknown): void {
  if (incoming.method !== 'POST' && incoming.method !== 'PUT') return;
  if (incoming.text !== '' && !isJson(incoming)) account.log.violate('wrong-content-type', `${operation}: ${incoming.contentType || 'none'}`);
  const dimension = findDimension(body);
  if (dimension) account.log.violate('dimension-write', `${operation}: ${dimension}`);
}

export function isJson(incoming: Incoming): boolean {
  return incoming.contentType.split(';')[0]?.trim().toLowerCase() === 'application/json';
}

/** The first key of weight or size anywhere in a body. */
function findDimension(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    if (dimensions.has(key)) return key;
    const found = findDimension(inner);
    if (found) return found;
  }
  return undefined;
}
