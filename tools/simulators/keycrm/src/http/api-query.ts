import { hasTime, parseMoment } from '../moments.js';
import type { Switches } from '../switches.js';
import { badRequest } from './refusal.js';

/** The query of a read, taken apart. Include names are in their snake form. */
export interface ApiQuery {
  readonly filters: ReadonlyMap<string, string>;
  /** Names of filters with a key inside (`filter[created_at][from]`) that are to be refused when unknown. */
  readonly nestedFilters: readonly string[];
  readonly include: readonly string[];
  readonly sort?: string;
  readonly page: number;
  readonly limit: number;
}

export const largestPage = 50;
const usualPage = 15;

/** Reads a query. A bad page is the first one, a bad limit the usual one, and a limit above the largest is cut without a word. */
export function parseApiQuery(search: URLSearchParams, nestedFilter: Switches['nestedFilter'] = 'refused'): ApiQuery {
  const filters = new Map<string, string>();
  const nested = new Set<string>();
  for (const [key, value] of search) {
    const [, name, inside] = /^filter\[([^\]]+)\](\[.*\])?$/.exec(key) ?? [];
    if (name === undefined) continue;
    if (inside === undefined) filters.set(name, value);
    else if (nestedFilter === 'refused') nested.add(name);
  }
  return {
    filters,
    nestedFilters: [...nested],
    include: commaList(search.get('include') ?? '').map((name) => (name === 'customFields' ? 'custom_fields' : name)),
    sort: search.get('sort') ?? undefined,
    page: positiveInteger(search.get('page')) ?? 1,
    limit: Math.min(positiveInteger(search.get('limit')) ?? usualPage, largestPage),
  };
}

function positiveInteger(text: string | null): number | undefined {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}

/** `a, b,c` → `['a', 'b', 'c']`: the only way to give several values, so a value cannot contain a comma. */
export function commaList(text: string): readonly string[] {
  return text.split(',').map((part) => part.trim()).filter((part) => part !== '');
}

export interface Allowed {
  readonly filters: readonly string[];
  readonly includes: readonly string[];
  readonly sorts: readonly string[];
}

/** Throws the 400 that names what is allowed when the query asks for anything else. */
export function refuseUnlisted(query: ApiQuery, allowed: Allowed): void {
  refuse('filter', [...query.filters.keys(), ...query.nestedFilters], allowed.filters);
  refuse('include', query.include, allowed.includes);
  refuse('sort', query.sort === undefined ? [] : [query.sort.replace(/^-/, '')], allowed.sorts);
}

function refuse(kind: string, asked: readonly string[], allowed: readonly string[]): void {
  const unlisted = asked.filter((name) => !allowed.includes(name));
  if (unlisted.length === 0) return;
  throw badRequest(`Requested ${kind}(s) \`${unlisted.join(', ')}\` are not allowed. Allowed ${kind}(s) are \`${allowed.join(', ')}\`.`);
}

type ValueTest = (value: string | number | null) => boolean;

/** A test for one comma-list filter; passes everything when the filter is absent. `keyOf`: what of a value counts. */
export function anyOf(query: ApiQuery, name: string, keyOf = (value: string) => value): ValueTest {
  const filter = query.filters.get(name);
  if (filter === undefined) return () => true;
  const wanted = new Set(commaList(filter).map(keyOf));
  return (value) => value !== null && wanted.has(keyOf(String(value)));
}

/** A test for one `true`/`false` filter. */
export function flag(query: ApiQuery, name: string): boolean | undefined {
  const filter = query.filters.get(name)?.toLowerCase();
  if (filter === undefined) return undefined;
  return filter === 'true' || filter === '1';
}

/** A test for one date range filter. Throws a 400 when it is not two moments. */
export function between(query: ApiQuery, name: string, switches: Pick<Switches, 'rangeBounds' | 'dateOnlyEnd'>): (at: Date | null) => boolean {
  const filter = query.filters.get(name);
  if (filter === undefined) return () => true;
  const [fromText, toText, ...rest] = commaList(filter);
  const from = parseMoment(fromText ?? '')?.getTime();
  let to = parseMoment(toText ?? '')?.getTime();
  if (from === undefined || to === undefined || rest.length > 0) throw badRequest(`filter[${name}] takes two dates with a comma between them.`);
  if (switches.dateOnlyEnd === 'end-of-day' && !hasTime(toText ?? '')) to += 24 * 3_600_000 - 1000;
  const end = to;
  if (switches.rangeBounds === 'exclusive') return (at) => at !== null && at.getTime() > from && at.getTime() < end;
  return (at) => at !== null && at.getTime() >= from && at.getTime() <= end;
}
