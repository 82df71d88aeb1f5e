import { type ApiAnswer, done } from '@kds/kernel';

/** Turns the value of an answer that said yes; every other one passes through. */
export function turn<A, B>(answer: ApiAnswer<A>, toResult: (value: A) => B): ApiAnswer<B> {
  return answer.kind === 'done' ? done(toResult(answer.value)) : answer;
}
