import type { DilovodCall } from '@kds/dilovod-client';
import type { DilovodDesk } from './dilovod-desk.js';

/** Logs rows that could not be read, and gives their ids for the outcome: of these nothing new is known. */
export function reportUnreadable(
  { log }: Pick<DilovodDesk, 'log'>,
  list: string,
  { unreadable = [] }: Pick<DilovodCall<unknown>, 'unreadable'>,
): { readonly unreadable?: readonly string[] } {
  if (unreadable.length === 0) return {};
  log.warn(
    { list, unreadable: unreadable.slice(0, namedAtMost), rows: unreadable.length },
    'rows of Dilovod could not be read and are left out',
  );
  return { unreadable: [...new Set(unreadable.flatMap(({ id }) => id ?? []))] };
}

const namedAtMost = 20;
