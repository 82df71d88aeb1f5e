/** How many values one `IL` filter may hold; nobody has published the base's own limit. */
const listLimit = 50;

/** Distinct values in lists short enough for an `IL` filter. */
export function listed(values: readonly string[]): readonly (readonly string[])[] {
  const distinct = [...new Set(values)];
  return Array.from({ length: Math.ceil(distinct.length / listLimit) }, (_, index) => distinct.slice(index * listLimit, (index + 1) * listLimit));
}
