import { type Base } from '../base/base.js';
import { inLanguage, presentationOf } from '../base/presentation.js';
import { type Session } from '../base/session.js';
import { type StoredRecord } from '../metadata/stored-value.js';
import { membersOf } from '../packet.js';
import { Refusal } from '../refusal.js';
import { type Column, openColumn } from './column.js';
import { readFilters } from './filters.js';
import { describeFrom, openTable } from './open-table.js';

type Row = Readonly<Record<string, string>>;

type Answer = readonly Row[] | { readonly columns: readonly string[]; readonly data: readonly (readonly string[])[] };

/** Reads rows. Paths that the base does not know are left out of them; `assembleLinks:false` gives columns and bare values instead. */
export function request(base: Base, session: Session, params: Readonly<Record<string, unknown>>): Answer {
  const table = openTable(base, session, params['from']);
  const asked = Object.entries(membersOf(params['fields']));
  const columns = asked.flatMap(([path, alias]) => openColumn(base, session, { fields: table.fields, path, alias: String(alias) }) ?? []);
  const condition = readFilters(base, columns, params['filters']);
  const missed = rowsMissed(base, columns, params);
  const isShown = (record: StoredRecord) => missed.size === 0 || !missed.has(String(record['id'] ?? record['good']));
  const records = cut(base, table.records.filter((record) => condition(record) && isShown(record)), params['limit']);
  if (params['assembleLinks'] === false) {
    return { columns: columns.map(({ alias }) => alias), data: records.map((record) => columns.map((column) => inLanguage(base, column.read(record)))) };
  }
  const multilang = params['multilang'] === true || params['multilang'] === 1;
  return records.map((record) => assembleRow({ base, session, columns, multilang }, record));
}

/** Rows that a pass over a list misses. What names rows, or looks for a text, is no pass: it finds what is there. */
function rowsMissed(
  base: Base,
  columns: readonly Column[],
  { from, filters, limit }: Readonly<Record<string, unknown>>,
): ReadonlySet<string> {
  const aliases = Array.isArray(filters) ? filters.map((filter) => membersOf(filter)['alias']) : [];
  const filtered = columns.filter(({ alias }) => aliases.includes(alias));
  const named = ['id', 'good'];
  const isLookUp = filtered.some(({ path, field }) => named.includes(path) || field.kind === 'text' || field.kind === 'texts');
  const [offset] = readLimit(limit);
  return isLookUp ? new Set() : base.drift.missedBy(describeFrom(from), offset === 0);
}

/** `limit` as a number or as offset and count; then the row cap of the base, silently. */
function cut(base: Base, records: readonly StoredRecord[], limit: unknown): readonly StoredRecord[] {
  const [offset, count] = readLimit(limit);
  const page = records.slice(offset, count === undefined ? undefined : offset + count);
  return base.switches.requestRowCap === 'none' ? page : page.slice(0, base.switches.requestRowCap);
}

function readLimit(limit: unknown): [number, number | undefined] {
  if (limit === undefined || limit === null) return [0, undefined];
  const { offset, count } = typeof limit === 'object' ? membersOf(limit) : { offset: 0, count: limit };
  const [from, rows] = [Number(offset ?? 0), count === undefined ? undefined : Number(count)];
  if (!(from >= 0) || (rows !== undefined && !(rows >= 0))) throw new Refusal('bad limit');
  return [from, rows];
}

interface Assembly {
  readonly base: Base;
  readonly session: Session;
  readonly columns: readonly Column[];
  readonly multilang: boolean;
}

function assembleRow({ base, session, columns, multilang }: Assembly, record: StoredRecord): Row {
  const row: Record<string, string> = {};
  for (const { alias, path, field, read } of columns) {
    const value = read(record);
    const name = path.endsWith('__pr') ? path : alias;
    if (multilang && typeof value === 'object') {
      row[`${name}__uk`] = value.uk;
      row[`${name}__ru`] = value.ru;
    } else row[name] = inLanguage(base, value);
    if (field.kind === 'ref') row[`${name}__pr`] = presentationOf(base, session, String(value)) ?? '';
  }
  return row;
}
