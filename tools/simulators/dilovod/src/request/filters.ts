import { Big } from 'big.js';
import { type Base } from '../base/base.js';
import { noReference, type StoredRecord, type StoredValue, toDate, toFlag, toReference } from '../metadata/stored-value.js';
import { membersOf } from '../packet.js';
import { Refusal } from '../refusal.js';
import { type Column } from './column.js';

export type Condition = (record: StoredRecord) => boolean;

/** Reads `filters` as one condition: all must hold. An alias must stand in `fields` and be known to the base. */
export function readFilters(base: Base, columns: readonly Column[], filters: unknown): Condition {
  if (filters === undefined || filters === null) return () => true;
  if (!Array.isArray(filters)) throw new Refusal('filters must be an array');
  const conditions = filters.map((filter) => readFilter(base, columns, membersOf(filter)));
  return (record) => conditions.every((condition) => condition(record));
}

function readFilter(base: Base, columns: readonly Column[], { alias, operator, value }: Readonly<Record<string, unknown>>): Condition {
  const column = columns.find((candidate) => candidate.alias === alias);
  if (!column) throw new Refusal(`filter by unknown field ${String(alias)}`);
  const { field } = column;
  const holdsContacts = field.kind === 'text' && field.holds === 'contacts';
  if (holdsContacts && base.switches.detailsFilter === 'matches-nothing') return () => false;
  const test = readTest(base, column, { operator: String(operator ?? ''), value });
  return (record) => test(column.read(record));
}

type Test = (stored: StoredValue) => boolean;
interface Comparison {
  readonly operator: string;
  readonly value: unknown;
}

function readTest(base: Base, column: Column, { operator, value }: Comparison): Test {
  const list = Array.isArray(value) ? value : [value];
  switch (operator) {
    case '=':
      return equals(base, column, value);
    case '!=':
      return not(equals(base, column, value));
    case '>':
    case '>=':
    case '<':
    case '<=':
      return inOrder(column, operator, value);
    case '%':
      return contains(base, value);
    case '!%':
      return not(contains(base, value));
    case 'IL':
      return anyOf(countingValues(base, column, list).map((member) => equals(base, column, member)));
    case 'IH':
    case 'ILH':
      return inHierarchy(base, list);
    case '!IH':
    case '!ILH':
      return not(inHierarchy(base, list));
    case 'IPL':
      return hasParentIn(base, list);
    default:
      throw new Refusal(`unknown operator ${operator}`);
  }
}

const longListFrom = 50;

function countingValues(base: Base, { alias }: Column, list: readonly unknown[]): readonly unknown[] {
  if (list.length <= longListFrom || base.switches.longLists === 'taken') return list;
  if (base.switches.longLists === 'refused') throw new Refusal(`too many values of filter ${alias}`);
  return list.slice(0, longListFrom);
}

function equals(base: Base, { field, alias }: Column, value: unknown): Test {
  switch (field.kind) {
    case 'decimal': {
      const wanted = toBig(alias, value);
      return (stored) => new Big(String(stored)).eq(wanted);
    }
    case 'flag': {
      const wanted = toFlag(value);
      return (stored) => stored === wanted;
    }
    case 'date': {
      const wanted = toDate(value);
      return (stored) => stored === wanted;
    }
    case 'ref': {
      const wanted = toReference(value);
      return (stored) => stored === wanted;
    }
    default: {
      const wanted = comparable(base, value, base.switches.equalsCaseSensitive);
      return (stored) => spellings(stored).some((text) => comparable(base, text, base.switches.equalsCaseSensitive) === wanted);
    }
  }
}

const orders = {
  '>': (order: number) => order > 0,
  '>=': (order: number) => order >= 0,
  '<': (order: number) => order < 0,
  '<=': (order: number) => order <= 0,
} as const;

function inOrder({ field, alias }: Column, operator: '>' | '>=' | '<' | '<=', value: unknown): Test {
  const wanted = field.kind === 'date' ? (toDate(value) ?? String(value)) : String(value);
  const compare = field.kind === 'decimal' ? decimalOrder(toBig(alias, value)) : textOrder(wanted);
  const holds = orders[operator];
  return (stored) => holds(compare(spellings(stored)[0]!));
}

function contains(base: Base, value: unknown): Test {
  const wanted = comparable(base, value, base.switches.containsCaseSensitive);
  return (stored) => spellings(stored).some((text) => comparable(base, text, base.switches.containsCaseSensitive).includes(wanted));
}

/** The object itself, or any group above it, is one of the groups. The root holds everything. */
function inHierarchy(base: Base, groups: readonly unknown[]): Test {
  const wanted = new Set(groups.map(toReference));
  return (stored) => {
    const seen = new Set<string>();
    for (let id = String(stored); !seen.has(id); id = String(base.objects.find(id)?.header['parent'] ?? noReference)) {
      if (wanted.has(id)) return true;
      seen.add(id);
    }
    return false;
  };
}

function hasParentIn(base: Base, parents: readonly unknown[]): Test {
  const wanted = new Set(parents.map(toReference));
  return (stored) => wanted.has(String(base.objects.find(String(stored))?.header['parent'] ?? noReference));
}

function anyOf(tests: readonly Test[]): Test {
  return (stored) => tests.some((test) => test(stored));
}

function not(test: Test): Test {
  return (stored) => !test(stored);
}

function decimalOrder(wanted: Big): (stored: string) => number {
  return (stored) => new Big(stored).cmp(wanted);
}

function textOrder(wanted: string): (stored: string) => number {
  return (stored) => (stored < wanted ? -1 : stored > wanted ? 1 : 0);
}

function spellings(stored: StoredValue): readonly string[] {
  return typeof stored === 'string' ? [stored] : [stored.uk, stored.ru];
}

function comparable(base: Base, value: unknown, caseSensitive: 'yes' | 'no'): string {
  const trimmed = base.switches.filterTrims === 'yes' ? String(value ?? '').trim() : String(value ?? '');
  return caseSensitive === 'yes' ? trimmed : trimmed.toLocaleLowerCase('uk');
}

function toBig(alias: string, value: unknown): Big {
  const spelled = String(value);
  if (!/^-?\d+(\.\d+)?$/.test(spelled)) throw new Refusal(`bad value of filter ${alias}`);
  return new Big(spelled);
}
