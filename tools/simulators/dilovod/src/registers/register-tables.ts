import { type Big } from 'big.js';
import { type Field, type Fields } from '../metadata/field.js';
import { blank, type StoredRecord, type StoredValue } from '../metadata/stored-value.js';
import { type RegisterDefinition } from '../metadata/type-definition.js';
import { type Table } from '../request/table.js';
import { addTo, type LedgerEntry, type RegisterLedger, type Resources } from './register-ledger.js';

interface Grouping {
  readonly dimensions: readonly string[];
  /** Whether groups in which everything is zero are told. */
  readonly zeroRows: boolean;
}

/** Balances at a moment, summed over the dimensions that are not named. `suffix` follows the names of resources. */
export function balanceTable(ledger: RegisterLedger, grouping: Grouping & { readonly date?: string; readonly suffix: '' | 'Final' }): Table {
  const columns = { [grouping.suffix]: (entry: LedgerEntry) => entry.totalsAt(grouping.date) };
  return groupedTable(ledger, grouping, columns);
}

/** What came and went between two moments, with the opening and closing balances when `withBalances`. */
export function turnoverTable(ledger: RegisterLedger, grouping: Grouping & { readonly from: string; readonly to: string; readonly withBalances: boolean }): Table {
  const { from, to } = grouping;
  const turnover = {
    Receipt: (entry: LedgerEntry) => entry.turnover(from, to).receipt,
    Reciept: (entry: LedgerEntry) => entry.turnover(from, to).receipt,
    Expense: (entry: LedgerEntry) => entry.turnover(from, to).expense,
  };
  const balances = { Start: (entry: LedgerEntry) => entry.turnover(from, to).start, Final: (entry: LedgerEntry) => entry.totalsAt(to) };
  return groupedTable(ledger, grouping, grouping.withBalances ? { ...turnover, ...balances } : turnover);
}

/** Every movement, with `period` and `recorder`; what went is negative. */
export function movementTable(ledger: RegisterLedger): Table {
  const { definition } = ledger;
  const records: StoredRecord[] = [];
  for (const entry of ledger.all()) {
    for (const { period, recorder, dimensions, resources } of entry.movements()) {
      records.push({ ...dimensions, period, recorder, ...scaled(definition, resources, '') });
    }
  }
  const fields: Fields = { period: { kind: 'date' }, recorder: { kind: 'ref', to: [] }, ...definition.dimensions, ...definition.resources };
  return { fields, records };
}

type Columns = Readonly<Record<string, (entry: LedgerEntry) => Resources>>;

function groupedTable(ledger: RegisterLedger, { dimensions, zeroRows }: Grouping, columns: Columns): Table {
  const { definition } = ledger;
  const suffixes = Object.keys(columns);
  const groups = new Map<string, { named: Record<string, string>; sums: Record<string, Big>[] }>();
  for (const entry of ledger.all()) {
    const key = dimensions.map((name) => entry.dimensions[name]).join('|');
    const named = () => Object.fromEntries(dimensions.map((name) => [name, entry.dimensions[name]!]));
    const group = groups.get(key) ?? { named: named(), sums: suffixes.map(() => ({})) };
    groups.set(key, group);
    suffixes.forEach((suffix, index) => addTo(group.sums[index]!, columns[suffix]!(entry), 1));
  }
  const told = [...groups.values()].filter(({ sums }) => zeroRows || sums.some((sum) => Object.values(sum).some((value) => !value.eq(0))));
  const records = told.map(({ named, sums }): StoredRecord => ({ ...named, ...Object.assign({}, ...sums.map((sum, index) => scaled(definition, sum, suffixes[index]!))) }));
  return { fields: groupedFields(definition, dimensions, suffixes), records };
}

function groupedFields(definition: RegisterDefinition, dimensions: readonly string[], suffixes: readonly string[]): Fields {
  const named = dimensions.map((name) => [name, definition.dimensions[name]!]);
  const resources = Object.entries(definition.resources).flatMap(([name, field]) => suffixes.map((suffix) => [name + suffix, field]));
  return Object.fromEntries([...named, ...resources]);
}

function scaled(definition: RegisterDefinition, resources: Resources, suffix: string): StoredRecord {
  const record: Record<string, StoredValue> = {};
  for (const [name, field] of Object.entries(definition.resources)) record[name + suffix] = resources[name]?.toFixed(scaleOf(field)) ?? blank(field);
  return record;
}

function scaleOf(field: Field): number {
  return field.kind === 'decimal' ? field.scale : 0;
}
