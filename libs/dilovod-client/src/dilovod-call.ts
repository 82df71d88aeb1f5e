import type { ApiAnswer } from '@kds/kernel';

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
}

/** Turns the value of a call that said yes; every other ending passes through. `turn` may answer for itself, e.g. that it cannot read the value. */
export function turnCall<A, B>(call: DilovodCall<A>, turn: (value: A) => ApiAnswer<B>): DilovodCall<B> {
  const { answer } = call;
  return { ...call, answer: answer.kind === 'done' ? turn(answer.value) : answer };
}

/** Several requests that make one call: they share its time, and end in one answer. */
export interface CallSteps {
  /** Makes the next request with the time that is left. */
  take<T>(request: (options: CallOptions) => Promise<DilovodCall<T>>): Promise<ApiAnswer<T>>;
  end<T>(answer: ApiAnswer<T>): DilovodCall<T>;
}

export function stepsWithin({ timeoutMs, signal, known }: CallOptions): CallSteps {
  const end = performance.now() + timeoutMs;
  let latencyMs = 0;
  let called = false;
  return {
    async take(request) {
      const timeoutMs = Math.max(0, end - performance.now());
      const call = await request({ timeoutMs, signal, ...(known === undefined ? {} : { known }) });
      latencyMs += call.latencyMs;
      called ||= call.called;
      return call.answer;
    },
    end: (answer) => ({ answer, latencyMs, called }),
  };
}
