/** Thrown while a request is answered, before anything has changed: the API says no. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: { readonly message: string; readonly errors?: Readonly<Record<string, readonly string[]>> },
  ) {
    super(body.message);
  }
}

export const unauthenticated = new Refusal(401, { message: 'Unauthenticated.' });

export function badRequest(message: string): Refusal {
  return new Refusal(400, { message });
}

export function notFound(what = 'Resource'): Refusal {
  return new Refusal(404, { message: `${what} not found` });
}

/** A validation error: paths of fields (`stocks.3.quantity`) with what is wrong. */
export function invalid(errors: Readonly<Record<string, readonly string[]>>): Refusal {
  return new Refusal(422, { message: 'The given data was invalid.', errors });
}

export function invalidField(path: string, problem: string): Refusal {
  return invalid({ [path]: [problem] });
}
