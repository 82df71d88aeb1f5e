import { failure, ok } from '@kds/kernel';
import { JsonFields, type Parsed, readJson } from './json-fields.js';

/** Bulk writes answer `{"status": true}` and nothing about single rows; anything else leaves in doubt what was done. */
export function parseBulkAnswer(json: unknown): Parsed<void> {
  const accepted = readJson(() => JsonFields.of(json, '$').raw('status') === true);
  if (!accepted.ok) return accepted;
  return accepted.value ? ok(undefined) : failure('$.status: expected true');
}

export interface KeycrmUpdatedOrder {
  readonly id: number;
  readonly updatedAt?: string;
}

export function parseUpdatedOrder(json: unknown): Parsed<KeycrmUpdatedOrder> {
  return readJson(() => {
    const order = JsonFields.of(json, '$');
    return { id: order.id('id'), updatedAt: order.optionalMoment('updated_at') };
  });
}
