import { done } from '@kds/kernel';
import { type CallOptions, type DilovodCall, stepsWithin } from '../dilovod-call.js';
import { readAllRows, type RowsClient } from '../read-all-rows.js';
import { readRows } from '../read-json.js';
import type { DilovodDocumentType } from './find-documents.js';
import { keyPrefix, orderIdIn } from './order-key.js';

const types: readonly DilovodDocumentType[] = ['documents.saleOrder', 'documents.sale', 'documents.saleReturn'];

/**
 * The KeyCRM orders of which the base holds live documents, by the keys in the remarks. A type that is closed for the API role counts as empty: what cannot be
 * read cannot have been written with this key either.
 */
export async function listOrderKeys(client: RowsClient, options: CallOptions): Promise<DilovodCall<readonly number[]>> {
  const steps = stepsWithin(options);
  const orderIds = new Set<number>();
  for (const from of types) {
    const query = {
      from,
      fields: { id: 'id', remark: 'remark', delMark: 'delMark' },
      filters: [{ alias: 'remark', operator: '%', value: keyPrefix } as const, { alias: 'delMark', operator: '=', value: false } as const],
    };
    const answer = await steps.take((left) => readAllRows(client, { query, key: ['id'] }, left));
    if (answer.kind === 'rejected' && answer.failure.code === 'access-denied') continue;
    if (answer.kind !== 'done') return steps.end(answer);
    const found = readRows(answer.value.rows, (fields) => (fields.flag('delMark') === true ? undefined : orderIdIn(fields.text('remark') ?? '')));
    if (found.kind !== 'done') return steps.end(found);
    for (const orderId of found.value) if (orderId !== undefined) orderIds.add(orderId);
  }
  return steps.end(done([...orderIds]));
}
