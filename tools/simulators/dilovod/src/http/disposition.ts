import { type Fault } from '@kds/simulator-kit';

/** What becomes of a request that a fault struck, or did not. */
export type Disposition =
  | { readonly executes: true; readonly status: number; readonly wireAs?: 'html' | 'empty' | 'cut'; readonly busyForMs?: number; readonly lateByMs?: number; readonly warning?: string }
  | { readonly executes: false; readonly status: number; readonly wireAs?: 'html' | 'cut'; readonly answer?: unknown };

/**
 * Failures that only this API knows. `block` executes, cuts the connection, and leaves the base busy for `detail.ms`; `late-answer` executes at once and
 * answers after `detail.ms`; `html-after` executes and answers an HTML page with `detail.status`; `warning` executes and puts `detail.data` beside the
 * answer; `answer` executes nothing and answers `detail` as it is, by default with messages in place of a result.
 */
export const vendorFaults = ['object-locked', 'multithread', 'block', 'late-answer', 'html-after', 'warning', 'answer'] as const;

const complaint = 'Документ не збережено';

const kinds: readonly Fault['kind'][] = ['delay', 'html-error', 'reset-before', 'lost-after', 'empty-body', 'vendor'];
const fallbackMs = 3000;

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
  const { ms = fallbackMs, status = 502, data = complaint } = (detail ?? {}) as { readonly ms?: number; readonly status?: number; readonly data?: string };
  switch (name as (typeof vendorFaults)[number]) {
    case 'object-locked':
      return { executes: false, status: 200, answer: { error: 'object locked', clientMessages: [] } };
    case 'multithread':
      return { executes: false, status: multithreadStatus, answer: multithreadRefusal };
    case 'block':
      return { executes: true, status: 200, wireAs: 'cut', busyForMs: ms };
    case 'late-answer':
      return { executes: true, status: 200, lateByMs: ms };
    case 'html-after':
      return { executes: true, status, wireAs: 'html' };
    case 'warning':
      return { executes: true, status: 200, warning: data };
    case 'answer':
      return { executes: false, status: 200, answer: detail ?? { clientMessages: [{ type: 'error', data: complaint }] } };
  }
}

/** Answer to a second request while one is executing. */
export const multithreadRefusal = { error: 'multithreadApiSession multithread api request blocked' };
