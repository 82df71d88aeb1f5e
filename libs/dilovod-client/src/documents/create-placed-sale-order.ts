import type { ApiAnswer } from '@kds/kernel';
import { type CallOptions, type DilovodCall, turnCall } from '../dilovod-call.js';
import type { DilovodClient } from '../dilovod-client.js';
import { fromObject } from '../from-object.js';
import { type DilovodRecord, fieldsOf, reading, recordAt } from '../read-json.js';
import { type DilovodDocument, fromDocumentObject } from './dilovod-document.js';
import type { SaleOrderDraft } from './document-draft.js';
import { toSaleOrderHeader } from './to-sale-order-packet.js';

/**
 * The arguments of `saleOrderCreate` with automatic placement. A row's storage is not among the documented members: it is sent only where it is not
 * the header's.
 */
export function toPlacedSaleOrderArguments(draft: SaleOrderDraft): DilovodRecord {
  const goods = draft.rows.map(({ good, unit, qty, price, priceAmount, discount, storage }) => ({
    good,
    unit,
    qty,
    price,
    priceAmount,
    discount,
    ...(storage === draft.storage ? {} : { storage }),
  }));
  return { header: toSaleOrderHeader(draft), goods, placement: { autoPlacement: true } };
}

/**
 * Creates an order and asks the base to reserve its goods. The value is the order as the base answered it: `posted`, `placed` and each row's
 * `qtyReserve` say what it really did. An answer without an id is `unknown` `no-id`: the order may stand, look for it by its key.
 */
export async function createPlacedSaleOrder(
  client: Pick<DilovodClient, 'call'>,
  draft: SaleOrderDraft,
  options: CallOptions,
): Promise<DilovodCall<DilovodDocument>> {
  return turnCall(await client.call({ method: 'saleOrderCreate', args: toPlacedSaleOrderArguments(draft) }, options), fromCreated);
}

function fromCreated(json: unknown): ApiAnswer<DilovodDocument> {
  const id = reading('unknown', () => fieldsOf(recordAt(json, 'data').header, 'data.header').id('id'));
  if (id.kind !== 'done') return { kind: 'unknown', failure: { code: 'no-id', message: 'Dilovod answered the creation of an order without its id' } };
  return reading('unknown', () => fromDocumentObject(fromObject(json, 'data')));
}
