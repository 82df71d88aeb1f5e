import { isDeepStrictEqual } from 'node:util';
import type { TenantStatus } from '@kds/tenancy';

/** Moments and counts that run on by themselves are written no more often than this; what a person waits for, at once. */
const runningOnMs = 60_000;

export function isWorthWriting(before: Partial<TenantStatus> | undefined, after: TenantStatus, now: Date): boolean {
  if (before?.reportedAt === undefined) return true;
  if (!isDeepStrictEqual(lasting(before), lasting(after))) return true;
  return now.getTime() - Date.parse(before.reportedAt) >= runningOnMs && !isDeepStrictEqual(runningOn(before), runningOn(after));
}

function lasting({ reportedAt: _, requestsLeft: __, proved, ...rest }: Partial<TenantStatus>): unknown {
  return asKept({ ...rest, proved: Object.entries(proved ?? {}).flatMap(([flow, at]) => (at === undefined ? [] : [flow])).sort() });
}

function runningOn({ proved, requestsLeft }: Partial<TenantStatus>): unknown {
  return asKept({ proved, requestsLeft });
}

/** As an API server keeps it: members that are undefined are none. */
function asKept(value: object): unknown {
  return JSON.parse(JSON.stringify(value));
}
