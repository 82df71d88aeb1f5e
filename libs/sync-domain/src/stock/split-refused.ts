/**
 * Takes a refused batch apart, so that one bad row does not keep the rest: the rows that the refusal names (by their place, from 0) apart from the others,
 * or two halves where it names none or all. At least two rows are needed.
 */
export function splitRefused<Row>(rows: readonly Row[], named: ReadonlySet<number>): readonly [readonly Row[], readonly Row[]] {
  const blamed = rows.filter((_, index) => named.has(index));
  if (blamed.length > 0 && blamed.length < rows.length) return [rows.filter((_, index) => !named.has(index)), blamed];
  const middle = Math.ceil(rows.length / 2);
  return [rows.slice(0, middle), rows.slice(middle)];
}

/** The places of rows that KeyCRM's 422 names, in keys such as `stocks.3.quantity`; the detail is what a gateway passed on, and may be anything. */
export function rowsNamedIn(detail: unknown): ReadonlySet<number> {
  if (typeof detail !== 'object' || detail === null) return new Set();
  const places = Object.keys(detail).flatMap((key) => /^(?:stocks|offers)\.(\d{1,5})(?:\.|$)/.exec(key)?.[1] ?? []);
  return new Set(places.map(Number));
}
