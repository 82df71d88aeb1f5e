/** What a record tells of an error. */
export interface PlainError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: PlainError;
}

const deepest = 4;

/**
 * An error without whatever else hangs on it: a database error carries the query's parameters and the row that failed, an HTTP error the request with its
 * headers. What Postgres quotes when it does not like a value (its errors of class 22) is left out of the text too.
 */
export function plainError(error: unknown, depth = 0): PlainError {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const { code } = error as { code?: unknown };
  const clean = quotesValues(error) ? withoutQuotes : (text: string) => text;
  return {
    type: error.name,
    message: clean(error.message),
    ...(typeof code === 'string' ? { code } : {}),
    ...(error.stack === undefined ? {} : { stack: clean(error.stack) }),
    ...(error.cause === undefined || depth === deepest ? {} : { cause: plainError(error.cause, depth + 1) }),
  };
}

function quotesValues(error: Error): boolean {
  const { code, driverError } = error as { code?: unknown; driverError?: { code?: unknown } };
  return [code, driverError?.code].some((each) => typeof each === 'string' && /^22[0-9A-Z]{3}$/.test(each));
}

function withoutQuotes(text: string): string {
  return text.replace(/"(?:[^"\n]|"")*"/g, '"…"');
}
