import type { ApiFailure } from '@kds/kernel';
import { type CallOptions, type DilovodCall, stepsWithin, turnRows } from '../dilovod-call.js';
import type { DilovodClient } from '../dilovod-client.js';
import { readAllRows, type RowsClient } from '../read-all-rows.js';
import type { FieldReader } from '../read-json.js';
import { readRows } from '../read-rows.js';

/** An entry of a dictionary: a firm, a storage, a price type, a currency, an order state. */
export interface DilovodDictionaryRecord {
  readonly id: string;
  readonly code: string | null;
  readonly name: string | null;
  readonly delMark: boolean | null;
}

type DilovodRecords = DilovodCall<readonly DilovodDictionaryRecord[]>;

const orderStatePrefix = '11115';
const noStates: ApiFailure = { code: 'no-order-states', message: `Dilovod lists no type whose ids begin with ${orderStatePrefix}; the API role may not see the order states` };

/** Every record of a catalog such as `catalogs.firms`, marked ones too. */
export async function readRecords(client: RowsClient, type: string, options: CallOptions): Promise<DilovodRecords> {
  const query = { from: type, fields: { id: 'id', code: 'code', name: 'name', delMark: 'delMark' } };
  return turnRows(await readAllRows(client, { query, key: ['id'] }, options), ({ rows }) => readRows(rows, { read: fromRecordRow }));
}

/**
 * The order states. The name of their type is not published, so it is looked up by the prefix of their ids; `rejected` `no-order-states` when no
 * type has it.
 */
export async function readOrderStates(client: RowsClient & Pick<DilovodClient, 'listMetadata'>, options: CallOptions): Promise<DilovodRecords> {
  const steps = stepsWithin(options);
  const types = await steps.take((left) => client.listMetadata(left));
  if (types.kind !== 'done') return steps.end(types);
  const type = types.value.find(({ idPrefix }) => idPrefix === orderStatePrefix);
  if (type === undefined) return steps.end({ kind: 'rejected', failure: noStates });
  return steps.end(await steps.take((left) => readRecords(client, type.name, left)));
}

/** Some catalogs have no readable name of their own; what the base shows for the record stands in. */
function fromRecordRow(fields: FieldReader): DilovodDictionaryRecord {
  return { id: fields.id('id'), code: fields.text('code'), name: fields.text('name') ?? fields.text('id__pr'), delMark: fields.flag('delMark') };
}
