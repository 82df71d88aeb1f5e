import { done } from '@kds/kernel';
import { type CallOptions, type DilovodCall, turnCall } from '../dilovod-call.js';
import type { DilovodClient } from '../dilovod-client.js';

const shared = ['date', 'firm', 'person', 'storage', 'currency', 'business', 'remark'] as const;

/** Every header field that the packets of this library may write. Dilovod renames fields without notice, and then refuses the old name. */
export const writtenFields = {
  'documents.saleOrder': [...shared, 'state', 'author', 'tradeChanel', 'paymentForm', 'details', 'remarkFromPerson'],
  'documents.sale': [...shared, 'docMode', 'baseDoc', 'contract'],
  'documents.saleReturn': [...shared, 'docMode', 'baseDoc', 'contract'],
  'catalogs.persons': ['name', 'details'],
} as const;

/** Those of `fields` that the base does not describe for the type; empty when all is well. */
export async function checkWritableFields(
  client: Pick<DilovodClient, 'getMetadata'>,
  { type, fields }: { readonly type: string; readonly fields: readonly string[] },
  options: CallOptions,
): Promise<DilovodCall<readonly string[]>> {
  return turnCall(await client.getMetadata(type, options), (description) => {
    const known = new Set(description.fields);
    return done(fields.filter((field) => !known.has(field)));
  });
}
