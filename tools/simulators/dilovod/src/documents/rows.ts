import { Big } from 'big.js';
import { type Base } from '../base/base.js';
import { type Fields } from '../metadata/field.js';
import { type StoredRecord, type StoredValue } from '../metadata/stored-value.js';
import { Refusal } from '../refusal.js';
import { toValidStored } from './references.js';

interface TablePart {
  readonly base: Base;
  readonly name: string;
  readonly fields: Fields;
  /** Row ids that rows may go on using. */
  readonly keptIds: ReadonlySet<string>;
  readonly mayReserve: boolean;
}

const placement = new Set(['qtyReserve', 'qtyPurchase', 'qtyProd']);

/** Reads a table part that was sent as a list, or as an object with any keys. */
export function readRows(part: TablePart, sent: unknown): readonly StoredRecord[] {
  if (typeof sent !== 'object' || sent === null) throw badRowValue(part.name, '');
  return Object.values(sent).map((row: unknown, index) => {
    if (typeof row !== 'object' || row === null) throw badRowValue(part.name, '');
    return readRow(part, row as Record<string, unknown>, index + 1);
  });
}

function readRow(part: TablePart, sent: Readonly<Record<string, unknown>>, rowNum: number): StoredRecord {
  const { base, fields, keptIds, mayReserve } = part;
  const sentId = String(sent['id']);
  const row: Record<string, StoredValue> = { id: keptIds.has(sentId) ? sentId : base.objects.nextRowId(), rowNum: String(rowNum) };
  for (const [name, raw] of Object.entries(sent)) {
    if (name === 'id' || name.endsWith('__pr')) continue;
    if (placement.has(name) && !mayReserve) continue;
    const field = fields[name];
    if (!field && base.switches.unknownRowField === 'ignore') continue;
    const stored = field && toValidStored(base, field, raw);
    if (stored === undefined) throw badRowValue(part.name, name);
    row[name] = stored;
  }
  return fields['priceAmount'] ? withAmounts(row, base.switches.amountsRecalculated) : row;
}

/** Fills `baseQty`, `priceAmount` and `amountCur`: where they are missing, whatever was sent, or never. */
export function withAmounts(row: Readonly<Record<string, StoredValue>>, when: 'missing' | 'always' | 'never'): StoredRecord {
  if (when === 'never') return row;
  const number = (name: string, absent = '0') => new Big(String(row[name] ?? absent));
  const unlessSent = (name: string, computed: Big, scale: number) => (when === 'missing' && row[name] !== undefined ? number(name) : computed).toFixed(scale);
  const baseQty = unlessSent('baseQty', number('qty').times(number('ratio', '1')), 3);
  const priceAmount = unlessSent('priceAmount', number('qty').times(number('price')), 2);
  const amountCur = unlessSent('amountCur', new Big(priceAmount).minus(number('discount')), 2);
  return { ...row, baseQty, priceAmount, amountCur };
}

/** The total of all rows: what is to pay, when no other attribute is named. */
export function totalOf(rows: readonly StoredRecord[], name = 'amountCur'): string {
  return rows.reduce((sum, row) => sum.plus(String(row[name] ?? '0')), new Big(0)).toFixed(2);
}

/** An invention, in the form of the refusal of header attributes: nobody has shown what a base says here. */
function badRowValue(part: string, field: string): Refusal {
  return new Refusal(`cant set value of tableParts.${part}.${field}: bad value, or field doesnt exist`);
}
