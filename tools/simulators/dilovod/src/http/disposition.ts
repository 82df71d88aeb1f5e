import { type Fault } from '@kds/simulator-kit';

/** What becomes of a request that a fault struck, or did not. */
export type Disposition =
  | { readonly executes: true; readonly status: 200; readonly wireAs?: 'empty' | 'cut'; readonly busyForMs?: number }
  | { readonly executes: false; readonly status: number; readonly wireAs?: 'html' | 'cut'; readonly answer?: unknown };

/** Failures that only this API knows. `block` executes, cuts the connection, and leaves the base busy for `detail.ms`. */
export const vendorFaults = ['object-locked', 'multithread', 'block'] as const;

const kinds: readonly Fault['kind'][] = ['delay', 'html-error', 'reset-before', 'lost-after', 'empty-body', 'vendor'];
const fallbackBlockMs = 3000;

/** Throws on a fault that does not exist: it would strike nobody, or the simulator itself. */
export function demandKnownFault(fault: Fault): void {
  if (!kinds.includes(fault.kind)) throw new Error(`Faults are ${kinds.join(', ')}`);
  if (fault.kind === 'vendor' && !vendorFaults.some((name) => name === fault.name)) throw new Error(`Vendor faults are ${vendorFaults.join(', ')}`);
}

/** Says what to do under a fault. */
export function dispositionOf(fault: Fault | undefined, multithreadStatus: number): Disposition {
  switch (fault?.kind) {
    case undefined:
    case 'delay':
      return { executes: true, status: 200 };
    case 'html-error':
      return { executes: false, status: fault.status, wireAs: 'html' };
    case 'reset-before':
      return { executes: false, status: 0, wireAs: 'cut' };
    case 'lost-after':
      return { executes: true, status: 200, wireAs: 'cut' };
    case 'empty-body':
      return { executes: true, status: 200, wireAs: 'empty' };
    case 'vendor':
      return vendorDisposition(fault, multithreadStatus);
  }
}

function vendorDisposition({ name, detail }: Fault & { kind: 'vendor' }, multithreadStatus: number): Disposition {
  if (name === 'object-locked') return { executes: false, status: 200, answer: { error: 'object locked', clientMessages: [] } };
  if (name === 'multithread') return { executes: false, status: multithreadStatus, answer: multithreadRefusal };
  const { ms } = (detail ?? {}) as { ms?: number };
  return { executes: true, status: 200, wireAs: 'cut', busyForMs: ms ?? fallbackBlockMs };
}

/** Answer to a second request while one is executing. */
export const multithreadRefusal = { error: 'multithreadApiSession multithread api request blocked' };
