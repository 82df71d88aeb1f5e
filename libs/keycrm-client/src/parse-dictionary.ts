import { JsonFields } from './json-fields.js';
import type { KeycrmCustomField, KeycrmSource, KeycrmStatus } from './keycrm-dictionary.js';

export function readStatus(json: unknown, path: string): KeycrmStatus {
  const status = JsonFields.of(json, path);
  return {
    id: status.id('id'),
    name: status.text('name'),
    alias: status.optionalText('alias') ?? null,
    groupId: status.optionalId('group_id') ?? null,
    isActive: status.optionalFlag('is_active') ?? null,
    isClosingOrder: status.optionalFlag('is_closing_order') ?? null,
  };
}

export function readSource(json: unknown, path: string): KeycrmSource {
  const source = JsonFields.of(json, path);
  return { id: source.id('id'), name: source.optionalText('name') ?? null, currencyCode: readCurrencyCode(source) };
}

/** Three letters, as ISO 4217 has them; anything else says nothing. */
export function readCurrencyCode(fields: JsonFields): string | null {
  const code = fields.optionalText('currency_code')?.trim().toUpperCase() ?? '';
  return /^[A-Z]{3}$/.test(code) ? code : null;
}

export function readCustomField(json: unknown, path: string): KeycrmCustomField {
  const field = JsonFields.of(json, path);
  return {
    id: field.id('id'),
    uuid: field.text('uuid'),
    name: field.optionalText('name') ?? null,
    model: field.optionalText('model') ?? null,
    type: field.optionalText('type') ?? null,
    isMultiple: field.optionalFlag('is_multiple') ?? null,
  };
}
