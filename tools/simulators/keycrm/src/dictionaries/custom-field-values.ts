import type { Account } from '../accounts/account.js';
import type { CustomField, CustomFieldValue } from './dictionaries.js';
import type { BodyCheck, JsonObject } from '../http/body-check.js';

/**
 * Reads `custom_fields: [{uuid, value}]` of a write for one kind of thing and notes what is wrong with it. A value of `null` or an empty text
 * clears the field.
 */
export function readCustomFields(
  account: Account,
  check: BodyCheck,
  model: CustomField['model'],
  rows: readonly JsonObject[],
): ReadonlyMap<string, CustomFieldValue | null> {
  const values = new Map<string, CustomFieldValue | null>();
  for (const [index, row] of rows.entries()) {
    const path = `custom_fields.${index}`;
    const uuid = String(row['uuid'] ?? '');
    if (!check.required(`${path}.uuid`, row['uuid'])) continue;
    const field = account.dictionaries.customFields.get(uuid);
    if (!field || field.model !== model) {
      if (account.switches.unknownCustomField === 'rejected') check.fail(`${path}.uuid`, `The selected ${path}.uuid is invalid.`);
      continue;
    }
    const value = readValue(row['value']);
    if (value === undefined || !isPossible(field, value)) check.fail(`${path}.value`, `The selected ${path}.value is invalid.`);
    else values.set(uuid, value);
  }
  return values;
}

function readValue(value: unknown): CustomFieldValue | null | undefined {
  if (value === null || value === undefined || value === '') return null;
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'object' ? undefined : String(value);
}

/** A choice must be one of the field's options. */
function isPossible(field: CustomField, value: CustomFieldValue | null): boolean {
  if (value === null || field.type !== 'select') return true;
  return (typeof value === 'string' ? [value] : value).every((choice) => field.options.includes(choice));
}

export function applyCustomFields(target: Map<string, CustomFieldValue>, values: ReadonlyMap<string, CustomFieldValue | null>): void {
  for (const [uuid, value] of values) {
    if (value === null) target.delete(uuid);
    else target.set(uuid, value);
  }
}
