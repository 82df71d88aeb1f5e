import { failure, ok, type Result } from '@kds/kernel';

/** How one name of the environment is read: what its text means, or what to write instead. */
export interface Setting<T> {
  readonly read: (text: string) => Result<T, string>;
  /** What holds when it is not set; a setting without one is required, and `missing` says what to write. */
  readonly otherwise: { readonly value: T } | { readonly missing: string };
}

/** Any text. */
export function text(fallback: string): Setting<string>;
export function text<Fallback>(fallback: Fallback): Setting<string | Fallback>;
export function text<Fallback>(fallback: Fallback): Setting<string | Fallback> {
  return { read: (given) => ok(given), otherwise: { value: fallback } };
}

export interface WholeNumberOptions {
  readonly from: number;
  readonly to: number;
  readonly fallback: number;
}

export function wholeNumber({ from, to, fallback }: WholeNumberOptions): Setting<number> {
  const read = (given: string) => {
    const number = /^\d{1,15}$/.test(given) ? Number(given) : Number.NaN;
    return number >= from && number <= to ? ok(number) : failure(`write a whole number from ${from} to ${to}, not ${JSON.stringify(shown(given))}`);
  };
  return { read, otherwise: { value: fallback } };
}

export function oneOf<Word extends string>(words: readonly Word[], fallback: Word): Setting<Word> {
  const read = (given: string) => (words.includes(given as Word) ? ok(given as Word) : failure(`write one of ${words.join(', ')}, not ${JSON.stringify(shown(given))}`));
  return { read, otherwise: { value: fallback } };
}

/** A text of a form. It may hold a password, so that a wrong one is not repeated. `say` tells what to write. */
export function matching(form: RegExp, say: string): Setting<string> {
  return { read: (given) => (form.test(given) ? ok(given) : failure(say)), otherwise: { missing: say } };
}

/** The same with a value for when it is not set. */
export function matchingOr(form: RegExp, say: string, fallback: string): Setting<string> {
  return { ...matching(form, say), otherwise: { value: fallback } };
}

function shown(given: string): string {
  return given.length > 40 ? `${given.slice(0, 40)}…` : given;
}
