import { JsonFields, type Parsed, readJson, readList, toWholeNumber } from './json-fields.js';
import type { KeycrmPaging } from './keycrm-requests.js';

/** Where a page stands in its list. Paging is by offset: rows that change meanwhile shift the window, so rows may repeat or be missed. */
export interface KeycrmPage {
  readonly page: number;
  /** As given; less than asked for when KeyCRM cut it. */
  readonly perPage: number;
  readonly lastPage: number;
  /** Rows in the whole list. */
  readonly total: number;
  /** Rows that could not be read; the others are not held up by them. */
  readonly unreadable: readonly KeycrmUnreadable[];
}

export interface KeycrmUnreadable {
  readonly id?: number;
  /** Where in the answer, and what was expected there. */
  readonly problem: string;
}

/** Rows under a name of their own, e.g. `orders`. */
export type KeycrmRows<Name extends string, Row> = { readonly [name in Name]: readonly Row[] } & { readonly unreadable: readonly KeycrmUnreadable[] };

/** What a list is made of: the name that its rows get, and how one is read (see `readJson`). */
export interface RowReader<Name extends string, Row> {
  readonly name: Name;
  readonly readRow: (json: unknown, path: string) => Row;
}

/** Reads the envelope of a list. Live answers name the last page; where one does not, it follows from the total. */
export function parsePage<Name extends string, Row>(
  json: unknown,
  asked: KeycrmPaging,
  reader: RowReader<Name, Row>,
): Parsed<KeycrmPage & KeycrmRows<Name, Row>> {
  return readJson(() => {
    const envelope = JsonFields.of(json, '$');
    const total = envelope.id('total');
    const perPage = Math.max(envelope.optionalId('per_page') ?? asked.limit, 1);
    return {
      page: envelope.optionalId('current_page') ?? asked.page,
      perPage,
      lastPage: Math.max(envelope.optionalId('last_page') ?? Math.ceil(total / perPage), 1),
      total,
      ...sortOut(reader.name, envelope.list('data', (row, path) => parseRow(row, path, reader.readRow))),
    };
  });
}

/** Reads a list that comes whole and without an envelope. */
export function parseRows<Name extends string, Row>(json: unknown, reader: RowReader<Name, Row>): Parsed<KeycrmRows<Name, Row>> {
  return readJson(() => sortOut(reader.name, readList(json, '$', (row, path) => parseRow(row, path, reader.readRow))));
}

type ParsedRow<Row> = { readonly row: Row } | { readonly unreadable: KeycrmUnreadable };

function parseRow<Row>(json: unknown, path: string, readRow: (json: unknown, path: string) => Row): ParsedRow<Row> {
  const parsed = readJson(() => readRow(json, path));
  if (parsed.ok) return { row: parsed.value };
  const id = toWholeNumber((json as { id?: unknown } | null)?.id);
  return { unreadable: { id, problem: parsed.error } };
}

function sortOut<Name extends string, Row>(name: Name, parsed: readonly ParsedRow<Row>[]): KeycrmRows<Name, Row> {
  const rows = parsed.flatMap((each) => ('row' in each ? [each.row] : []));
  const unreadable = parsed.flatMap((each) => ('unreadable' in each ? [each.unreadable] : []));
  return { [name as string]: rows, unreadable } as KeycrmRows<Name, Row>;
}
