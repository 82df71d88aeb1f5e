import type { ApiAnswer } from '@kds/kernel';

/**
 * KeyCRM takes the values of a filter as one comma list, without quotes: a value that is blank or holds a comma would select something else, and an
 * empty list everything. Gives the refusal of such lists; absent ones are no filter.
 */
export function refuseFilters(...lists: readonly (readonly (string | number)[] | undefined)[]): ApiAnswer<never> | undefined {
  const values = lists.flatMap((list) => (list?.length === 0 ? [''] : list ?? [])).map(String);
  const unfit = values.filter((value) => value.trim() === '' || value.includes(','));
  if (unfit.length === 0) return undefined;
  return { kind: 'rejected', failure: { code: 'bad-filter', message: 'KeyCRM cannot filter by an empty value or one with a comma', detail: { values: unfit } } };
}
