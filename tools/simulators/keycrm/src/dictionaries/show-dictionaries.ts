import type { Account } from '../accounts/account.js';
import type { Switches } from '../switches.js';
import { aliasOf } from './alias-of.js';
import type { CustomField, CustomFieldValue, OrderStatus, Source, Tag, User } from './dictionaries.js';

/** Dictionaries have no history here: all were made at once. */
export const since = new Date('2026-01-01T00:00:00Z');

export function statusShown(status: OrderStatus): Record<string, unknown> {
  return {
    id: status.id,
    name: status.name,
    alias: status.alias,
    is_active: status.isActive,
    group_id: status.groupId,
    is_closing_order: status.isClosingOrder,
    is_reserved: status.isReserved,
    expiration_period: null,
    created_at: since,
    updated_at: since,
    deleted_at: status.deletedAt,
  };
}

export function sourceShown(source: Source): Record<string, unknown> {
  return {
    id: source.id,
    name: source.name,
    alias: source.alias,
    driver: source.driver,
    source_uuid: null,
    source_name: null,
    currency_code: source.currencyCode,
    created_at: since,
    updated_at: since,
  };
}

export function userShown(user: User | undefined): Record<string, unknown> | null {
  if (!user) return null;
  const [first, ...rest] = user.fullName.split(' ');
  return {
    id: user.id,
    first_name: first,
    last_name: rest.join(' ') || null,
    full_name: user.fullName,
    username: user.email,
    email: user.email,
    phone: user.phone,
    role_id: user.roleId,
    status: user.status,
    created_at: since,
    updated_at: since,
    last_logged_at: since,
  };
}

export function tagShown(tag: Tag | undefined, at: Date = since): Record<string, unknown> | null {
  return tag ? { id: tag.id, name: tag.name, alias: aliasOf(tag.name), color: tag.color, created_at: at, updated_at: at } : null;
}

export function customFieldShown(field: CustomField, withOptions: boolean): Record<string, unknown> {
  const options = field.options.map((value, index) => ({ id: field.id * 100 + index, field_id: field.id, value }));
  return {
    id: field.id,
    name: field.name,
    uuid: field.uuid,
    model: field.model,
    type: field.type,
    required: field.required,
    position: field.position,
    is_multiple: field.isMultiple,
    ...(withOptions ? { options } : {}),
  };
}

/** The filled custom fields of something. A choice is a list, even when it is one, unless the switch says otherwise. */
export function customFieldsShown(
  { dictionaries, switches }: Account,
  values: ReadonlyMap<string, CustomFieldValue>,
): readonly unknown[] {
  return [...values].flatMap(([uuid, value]) => {
    const field = dictionaries.customFields.get(uuid);
    if (!field) return [];
    const shown = field.type === 'select' ? choiceShown([value].flat(), switches.selectFieldValue) : value;
    return [{ id: field.id, uuid, name: field.name, type: field.type, value: shown }];
  });
}

function choiceShown(choices: readonly string[], form: Switches['selectFieldValue']): CustomFieldValue {
  const [only, ...others] = choices;
  return form === 'text' && only !== undefined && others.length === 0 ? only : choices;
}
