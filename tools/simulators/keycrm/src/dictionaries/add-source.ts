import type { Account } from '../accounts/account.js';
import { aliasOf } from './alias-of.js';
import type { Source } from './dictionaries.js';

export type NewSource = Partial<Source> & Pick<Source, 'name'>;

/** Adds a source, in the account's own currency unless told otherwise. */
export function addSource({ dictionaries: { sources }, settings }: Account, wanted: NewSource): Source {
  const source: Source = {
    id: Math.max(0, ...sources.keys()) + 1,
    alias: aliasOf(wanted.name),
    driver: 'other',
    currencyCode: settings.currencyCode,
    defaultWarehouseId: null,
    ...wanted,
  };
  sources.set(source.id, source);
  return source;
}

export function findSource({ dictionaries }: Account, name: string): Source | undefined {
  return [...dictionaries.sources.values()].find((source) => source.name === name);
}
