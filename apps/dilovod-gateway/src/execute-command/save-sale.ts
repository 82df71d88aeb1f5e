import { type DilovodDocument, findDocumentsByKey, isLive, readDocument, readLive, toSalePacket, toSaleReturnPacket } from '@kds/dilovod-client';
import { turn } from '@kds/gateway';
import { type ApiAnswer, compare, dividedBy, done, zero } from '@kds/kernel';
import type { OrderCommand, OrderCommandDone, SaleReturnDraft } from '@kds/sync-domain';
import type { DilovodDesk } from './dilovod-desk.js';
import { findLinked, isOfFirm } from './find-order-documents.js';
import { toSaleDraft, toSaleReturnDraft } from './to-document-drafts.js';

type Done = ApiAnswer<OrderCommandDone>;

/**
 * Creates a posted shipment of the present moment, unless somebody has shipped from the order document by hand: then that is what is told of. An order
 * document that a person has marked meanwhile is shipped from no more, and one on which another buyer was set is looked at first.
 */
export async function saveSale({ draft, known }: Extract<OrderCommand, { kind: 'save-sale' }>, desk: DilovodDesk): Promise<Done> {
  const { dilovod, within, local } = desk;
  const { answer: order } = await readLive(dilovod, draft.saleOrder, within());
  if (order.kind !== 'done') return order;
  if (order.value === null) return done({ kind: 'stale', scope: 'all' });
  if (order.value.person && order.value.person !== draft.person) return done({ kind: 'stale', scope: 'saleOrder' });
  const byHand = await findLinked('sale', { linkedTo: [draft.saleOrder], except: known }, desk);
  if (byHand.kind !== 'done') return byHand;
  if (byHand.value.length > 0) return done({ kind: 'found', documents: byHand.value });
  const { answer } = await dilovod.saveObject(toSalePacket(toSaleDraft(draft, { now: new Date(), local })), within());
  return turn(answer, (documentId) => ({ kind: 'saved', documentId }));
}

/**
 * Creates a posted return of the present moment, or brings one of the same shipment to the draft. Nothing is returned from a shipment that is there no more,
 * nor a second time.
 */
export async function saveSaleReturn({ draft, documentId, known }: Extract<OrderCommand, { kind: 'save-sale-return' }>, desk: DilovodDesk): Promise<Done> {
  const { dilovod, within, local } = desk;
  const standing = documentId ?? draft.sale;
  const live = await isLive(dilovod, standing, within());
  if (live.answer.kind !== 'done') return live.answer;
  if (!live.answer.value) return done({ kind: 'stale', scope: 'all' });
  const unknown = documentId === null ? await findUnknownReturns(draft, known, desk) : done([]);
  if (unknown.kind !== 'done') return unknown;
  if (unknown.value.length > 0) return done({ kind: 'stale', scope: 'saleReturn' });
  const written = toSaleReturnDraft(draft, { now: new Date(), local });
  const { answer } = await dilovod.saveObject(toSaleReturnPacket(written, documentId ?? undefined), within());
  return answer.kind === 'done' ? correctAmounts(answer.value, draft, desk) : answer;
}

/** Returns of the order that the command does not know of: with its key, or linked to the order document. */
async function findUnknownReturns(draft: SaleReturnDraft, known: readonly string[], desk: DilovodDesk): Promise<ApiAnswer<readonly string[]>> {
  const { answer } = await findDocumentsByKey(desk.dilovod, { type: 'documents.saleReturn', orderId: draft.orderId }, desk.within());
  if (answer.kind !== 'done') return answer;
  const keyed = answer.value.filter((header) => isOfFirm(header, desk)).map(({ id }) => id);
  const linked = await findLinked('saleReturn', { linkedTo: [draft.saleOrder], except: [...known, ...keyed] }, desk);
  return turn(linked, (documents) => [...keyed.filter((id) => !known.includes(id)), ...documents.map(({ id }) => id)]);
}

/**
 * A base may compute the amounts of rows by itself, and rows of a return have no discount among the members that clients send. Where it came to other amounts,
 * the discount is told; where it takes none, the price is what was paid for one.
 */
async function correctAmounts(id: string, draft: SaleReturnDraft, desk: DilovodDesk): Promise<Done> {
  const { dilovod, within, local } = desk;
  const written = toSaleReturnDraft(draft, { now: new Date(), local });
  const corrections = [() => toSaleReturnPacket(written, id, ['discount']), () => toSaleReturnPacket({ ...written, rows: written.rows.map(asPaid) }, id)];
  for (const correction of [undefined, ...corrections]) {
    if (correction !== undefined) {
      const { answer: saved } = await dilovod.saveObject(correction(), within());
      if (saved.kind === 'rejected') continue;
      if (saved.kind !== 'done') return { kind: 'unknown', failure: saved.failure };
    }
    const { answer: read } = await readDocument(dilovod, id, within());
    if (read.kind !== 'done' || hasAmounts(read.value, draft)) return done({ kind: 'saved', documentId: id });
  }
  const message = 'Dilovod computes other amounts for the return than were paid, and cannot be told the right ones: correct the return there, then release the order.';
  return { kind: 'rejected', failure: { code: 'return-amounts-differ', message } };
}

/** Prices have five places in Dilovod. */
const pricePlaces = 5;

function asPaid(row: SaleReturnDraft['rows'][number]): SaleReturnDraft['rows'][number] {
  return { ...row, price: dividedBy(row.amountCur, row.qty, pricePlaces), priceAmount: row.amountCur, discount: zero };
}

function hasAmounts({ rows }: DilovodDocument, draft: SaleReturnDraft): boolean {
  return rows.every(({ amountCur }, index) => amountCur === null || compare(amountCur, draft.rows[index]?.amountCur ?? amountCur) === 0);
}
