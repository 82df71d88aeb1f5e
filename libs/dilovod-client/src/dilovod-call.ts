import { type ApiAnswer, done } from '@kds/kernel';

/** `timeoutMs` bounds everything the function does, however many requests that takes. */
export interface CallOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  readonly known?: KnownAnswer;
}

/**
 * The last answer to one of several requests that are much alike: one of the same text is not read again, and gives the
 * same rows.
 */
export interface KnownAnswer {
  text?: string;
  json?: unknown;
}

/** How a call ended. `called` is false only when no request can have reached Dilovod; `latencyMs` is the time spent on requests. */
export interface DilovodCall<T> {
  readonly answer: ApiAnswer<T>;
  readonly latencyMs: number;
  readonly called: boolean;
  /** Rows of a list that are left out of the answer; what they tell of is not known, and by no means gone. */
  readonly unreadable?: readonly DilovodUnreadable[];
}

/**
 * A row that could not be read: of which object, if that much is legible, where in the answer, and what was expected
 * there.
 */
export interface DilovodUnreadable {
  readonly id: string | null;
  readonly path: string;
  readonly problem: string;
}

/** Turns the value of a call that said yes; every other ending passes through. `turn` may answer for itself, e.g. that it cannot read the value. */
export function turnCall<A, B>(call: DilovodCall<A>, turn: (value: A) => ApiAnswer<B>): DilovodCall<B> {
  const { answer } = call;
  return { ...call, answer: answer.kind === 'done' ? turn(answer.value) : answer };
}

/** Turns the rows of a call into those of them that could be read; the others are named beside the answer. */
export function turnRows<A, B>(
  call: DilovodCall<A>,
  turn: (value: A) => ApiAnswer<{ readonly rows: B; readonly unreadable: readonly DilovodUnreadable[] }>,
): DilovodCall<B> {
  const { answer, ...rest } = turnCall(call, turn);
  if (answer.kind !== 'done') return { ...rest, answer };
  return { ...rest, answer: done(answer.value.rows), ...leftOut(answer.value.unreadable) };
}

/** Only what is needed to find the rows again leaves the client. */
function leftOut(unreadable: readonly DilovodUnreadable[]): Pick<DilovodCall<never>, 'unreadable'> {
  return unreadable.length === 0 ? {} : { unreadable: unreadable.map(({ id, path, problem }) => ({ id, path, problem })) };
}

/** Several requests that make one call: they share its time, and end in one answer. */
export interface CallSteps {
  /** Makes the next request with the time that is left. */
  take<T>(request: (options: CallOptions) => Promise<DilovodCall<T>>): Promise<ApiAnswer<T>>;
  /** Names rows that the answer will lack. */
  leaveOut(rows: readonly DilovodUnreadable[]): void;
  end<T>(answer: ApiAnswer<T>): DilovodCall<T>;
}

export function stepsWithin({ timeoutMs, signal, known }: CallOptions): CallSteps {
  const end = performance.now() + timeoutMs;
  let latencyMs = 0;
  let called = false;
  const unreadable: DilovodUnreadable[] = [];
  return {
    async take(request) {
      const timeoutMs = Math.max(0, end - performance.now());
      const call = await request({ timeoutMs, signal, ...(known === undefined ? {} : { known }) });
      latencyMs += call.latencyMs;
      called ||= call.called;
      unreadable.push(...(call.unreadable ?? []));
      return call.answer;
    },
    leaveOut: (rows) => void unreadable.push(...rows),
    end: (answer) => ({ answer, latencyMs, called, ...leftOut(unreadable) }),
  };
}
