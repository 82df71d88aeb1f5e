/**
 * What a system that sees no difference between upper and lower case and no blanks around a text takes two SKUs for.
 */
export function foldSku(sku: string): string {
  return sku.trim().toLowerCase();
}

/** SKUs that some system may take for one another: texts that differ, and fold to the same. */
export function twinsAmong(skus: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, Set<string>>();
  for (const sku of skus) {
    const folded = foldSku(sku);
    groups.set(folded, (groups.get(folded) ?? new Set()).add(sku));
  }
  return new Map(
    [...groups].filter(([, group]) => group.size > 1).map(([folded, group]) => [folded, [...group].sort()]),
  );
}
