import { JsonFields } from './json-fields.js';
import type { KeycrmCustomField, KeycrmStatus } from './keycrm-dictionary.js';

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
