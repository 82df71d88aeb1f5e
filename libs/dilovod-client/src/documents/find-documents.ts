import { type ApiAnswer, done } from '@kds/kernel';
import { type CallOptions, type CallSteps, type DilovodCall, stepsWithin } from '../dilovod-call.js';
import type { DilovodClient } from '../dilovod-client.js';
import type { DilovodFilter } from '../dilovod-packets.js';
import { listed } from '../listed.js';
import { readAllRows, type RowsClient } from '../read-all-rows.js';
import { type DilovodRecord, fieldsOf, tryReading } from '../read-json.js';
import { readNamedRows } from '../read-rows.js';
import { type DilovodDocumentHeader, documentFields, fromDocumentFields } from './dilovod-document.js';
import { bearsOrderKey, orderKey } from './order-key.js';
import { readDocument } from './read-document.js';

export type DilovodDocumentType = 'documents.saleOrder' | 'documents.sale' | 'documents.saleReturn';
type Reader = RowsClient & Pick<DilovodClient, 'getObject'>;

/** The live documents of a type that were made for a KeyCRM order. */
export async function findDocumentsByKey(
  client: Reader,
  { type, orderId }: { readonly type: DilovodDocumentType; readonly orderId: number },
  options: CallOptions,
): Promise<DilovodCall<readonly DilovodDocumentHeader[]>> {
  const filters: readonly DilovodFilter[] = [{ alias: 'remark', operator: '%', value: orderKey(orderId) }];
  const fits = ({ remark }: Telling): boolean | null => (remark === null ? null : bearsOrderKey(remark, orderId));
  return findLive(client, { type, filters: [filters], fits }, options);
}

/** The live documents of a type whose `contract` is one of the orders, whoever made them. */
export async function findDocumentsByContract(
  client: Reader,
  { type, orderDocumentIds }: { readonly type: DilovodDocumentType; readonly orderDocumentIds: readonly string[] },
  options: CallOptions,
): Promise<DilovodCall<readonly DilovodDocumentHeader[]>> {
  const orders = new Set(orderDocumentIds);
  const filters = listed(orderDocumentIds).map((ids): readonly DilovodFilter[] => [{ alias: 'contract', operator: 'IL', value: ids }]);
  const fits = ({ contract }: Telling): boolean | null => (contract === null ? null : orders.has(contract));
  return findLive(client, { type, filters, fits }, options);
}

/** What of a header tells whether a document is one that is looked for. */
type Telling = Pick<DilovodDocumentHeader, 'remark' | 'contract'>;

interface Search {
  readonly type: DilovodDocumentType;
  /** One request each. */
  readonly filters: readonly (readonly DilovodFilter[])[];
  /** `null` when the header does not hold what would tell. */
  readonly fits: (header: Telling) => boolean | null;
}

/** A row of the list; without a header when it cannot be read. */
interface Candidate {
  readonly id: string;
  readonly header?: DilovodDocumentHeader;
}

/**
 * The base's filters narrow the search, ours decide. A row that lacks what decides, or cannot be read, is looked at as
 * an object.
 */
async function findLive(client: Reader, { type, filters, fits }: Search, options: CallOptions): Promise<DilovodCall<readonly DilovodDocumentHeader[]>> {
  const steps = stepsWithin(options);
  const found: DilovodDocumentHeader[] = [];
  for (const narrowed of filters) {
    const query = { from: type, fields: documentFields, filters: [...narrowed, { alias: 'delMark', operator: '=', value: false } as const] };
    const answer = await steps.take((left) => readAllRows(client, { query, key: ['id'] }, left));
    if (answer.kind !== 'done') return steps.end(answer);
    const headers = readNamedRows(answer.value.rows, { read: fromDocumentFields });
    if (headers.kind !== 'done') return steps.end(headers);
    const candidates: readonly Candidate[] = [
      ...headers.value.rows.filter((each) => fits(each) !== false && each.delMark !== true).map((header) => ({ id: header.id, header })),
      ...headers.value.unreadable.flatMap(({ id, record }) => (id === null || fits(tellingIn(record)) === false ? [] : [{ id }])),
    ];
    for (const candidate of candidates) {
      const whole = await complete(client, { candidate, fits, steps });
      if (whole.kind !== 'done') return steps.end(whole);
      if (whole.value !== undefined && fits(whole.value) === true && whole.value.delMark !== true) found.push(whole.value);
    }
  }
  return steps.end(done(found));
}

async function complete(
  client: Reader,
  { candidate: { id, header }, fits, steps }: { readonly candidate: Candidate; readonly fits: Search['fits']; readonly steps: CallSteps },
): Promise<ApiAnswer<DilovodDocumentHeader | undefined>> {
  if (header !== undefined && fits(header) !== null && header.delMark !== null) return done(header);
  const answer = await steps.take((left) => readDocument(client, id, left));
  if (answer.kind === 'rejected' && answer.failure.code === 'not-found') return done(undefined);
  if (answer.kind !== 'done' || fits(answer.value) !== null) return answer;
  // To leave it out could make a second document; to take it could adopt a stranger's.
  const message = 'Dilovod found a document but does not show the field it was found by; open that field for the API role';
  return { kind: 'failed', failure: { code: 'bad-answer', message, detail: { path: id } } };
}

/** As far as a row that cannot be read as a whole can be. */
function tellingIn(record: DilovodRecord): Telling {
  const fields = fieldsOf(record, 'row');
  const remark = tryReading(() => fields.text('remark'));
  const contract = tryReading(() => fields.reference('contract'));
  return { remark: remark.ok ? remark.value : null, contract: contract.ok ? contract.value : null };
}
