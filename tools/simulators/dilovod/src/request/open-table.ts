import { type Base } from '../base/base.js';
import { type StoredObject } from '../base/object-store.js';
import { demandRead, type Session } from '../base/session.js';
import { informationRegisters } from '../metadata/register-types.js';
import { emptyDate, type StoredRecord, toDate } from '../metadata/stored-value.js';
import { type TypeDefinition } from '../metadata/type-definition.js';
import { membersOf } from '../packet.js';
import { Refusal } from '../refusal.js';
import { type RegisterLedger } from '../registers/register-ledger.js';
import { balanceTable, movementTable, turnoverTable } from '../registers/register-tables.js';
import { slice } from '../registers/slice.js';
import { inNaturalOrder, perhapsShuffled } from './natural-order.js';
import { type Table } from './table.js';

const endOfTime = '9999-12-31 23:59:59';

/** Opens what `from` names: a plain table, the rows of a table part, a virtual table of a register. */
export function openTable(base: Base, session: Session, from: unknown): Table {
  return typeof from === 'string' ? openPlain(base, session, from) : openVirtual(base, session, membersOf(from));
}

/** What `from` is called in logs: `catalogs.goods`, `balance goods`. */
export function describeFrom(from: unknown): string {
  const { type, register } = membersOf(from);
  return typeof from === 'string' ? from : `${String(type ?? '')} ${String(register ?? '')}`;
}

function openPlain(base: Base, session: Session, from: string): Table {
  const ledger = base.ledgers.find(({ definition }) => definition.name === from);
  if (ledger) {
    demandRead(session, from);
    const { fields, records } = movementTable(ledger);
    return { fields, records: perhapsShuffled(base, records) };
  }
  const [kind, shortName, part] = from.split('.');
  const type = base.schema.find(`${kind}.${shortName}`);
  if (!type || (part !== undefined && !type.parts[part])) throw new Refusal(`unknown table ${from}`);
  demandRead(session, type.name);
  const objects = inNaturalOrder(base, base.objects.ofType(type.name));
  return part === undefined ? { fields: type.header, records: objects.map(({ header }) => header) } : partTable(type, part, objects);
}

function partTable(type: TypeDefinition, part: string, objects: readonly StoredObject[]): Table {
  const fields = { id: { kind: 'text' }, owner: { kind: 'ref', to: [type.name] }, ...type.parts[part] } as const;
  const records = objects.flatMap(({ id, parts }) => (parts[part] ?? []).map((row): StoredRecord => ({ ...row, owner: id })));
  return { fields, records };
}

function openVirtual(base: Base, session: Session, from: Readonly<Record<string, unknown>>): Table {
  if (from['type'] === 'sliceLast' || from['type'] === 'sliceFirst') return openSlice(base, session, from);
  const register = String(from['register'] ?? '');
  const ledger = base.ledgers.find(({ definition }) => definition.name.split('.')[1] === register);
  if (!ledger) throw new Refusal(`unknown register ${register}`);
  demandRead(session, ledger.definition.name);
  const { fields, records } = openGrouped(base, ledger, from);
  return { fields, records: perhapsShuffled(base, records) };
}

function openGrouped(base: Base, ledger: RegisterLedger, from: Readonly<Record<string, unknown>>): Table {
  const grouping = { dimensions: dimensionsOf(ledger, from['dimensions']), zeroRows: base.switches.balanceZeroRows === 'present' };
  switch (from['type']) {
    case 'balance':
      return balanceTable(ledger, { ...grouping, date: moment(from['date']), suffix: base.switches.balanceResourceNames === 'final' ? 'Final' : '' });
    case 'turnover':
    case 'balanceAndTurnover': {
      const period = { from: moment(from['startDate']) ?? emptyDate, to: moment(from['endDate']) ?? endOfTime };
      return turnoverTable(ledger, { ...grouping, ...period, withBalances: from['type'] === 'balanceAndTurnover' });
    }
    default:
      throw new Refusal(`unknown table type ${String(from['type'])}`);
  }
}

function openSlice(base: Base, session: Session, from: Readonly<Record<string, unknown>>): Table {
  const name = `informationRegisters.${String(from['register'] ?? '')}`;
  const dimensions = informationRegisters.find((register) => register.name === name)?.dimensions;
  if (!dimensions) throw new Refusal(`unknown register ${String(from['register'] ?? '')}`);
  demandRead(session, name);
  const at = moment(from['date']);
  const ask = from['type'] === 'sliceLast' ? { dimensions, to: at } : { dimensions, from: at, which: 'first' as const };
  const records = slice(base.objects.ofType(name), ask);
  return { fields: base.schema.load(name).header, records: inNaturalOrder(base, records).map(({ header }) => header) };
}

function dimensionsOf(ledger: RegisterLedger, asked: unknown): readonly string[] {
  const known = Object.keys(ledger.definition.dimensions);
  if (asked === undefined) return known;
  const dimensions = Array.isArray(asked) ? asked.map(String) : [];
  const unknown = dimensions.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Refusal(`unknown dimension ${unknown}`);
  return dimensions;
}

function moment(raw: unknown): string | undefined {
  if (raw === undefined || raw === null || raw === '') return undefined;
  const date = toDate(raw);
  if (date === undefined) throw new Refusal(`bad date ${String(raw)}`);
  return date;
}
