import { createPlacedSaleOrder, type DilovodDocument, type DilovodSavePacket, readDocument, type SaleOrderDraft, toSaleOrderPacket } from '@kds/dilovod-client';
import { turn } from '@kds/gateway';
import { type ApiAnswer, compare, done } from '@kds/kernel';
import { type OrderCommand, type OrderCommandDone, sameRows } from '@kds/sync-domain';
import type { DilovodDesk } from './dilovod-desk.js';
import { toDocumentRow } from './document-rows.js';
import { toSaleOrderDraft } from './to-document-drafts.js';
import { inDoubt } from './in-doubt.js';
import { toPostPacket } from './to-post-packet.js';

type SaveSaleOrder = Extract<OrderCommand, { kind: 'save-sale-order' }>;

/** Creates a posted order or brings it to the draft; on demand a new one is created with a request to reserve its goods. */
export async function saveSaleOrder({ documentId, reserve, draft: wanted }: SaveSaleOrder, desk: DilovodDesk): Promise<ApiAnswer<OrderCommandDone>> {
  const { dilovod, within, local } = desk;
  const draft = toSaleOrderDraft(wanted, { now: new Date(), local });
  if (documentId === null && reserve) return createReserved(draft, desk);
  const { answer } = await dilovod.saveObject(toSaleOrderPacket(draft, documentId ?? undefined), within());
  return turn(answer, (id) => ({ kind: 'saved', documentId: id }));
}

/**
 * Asks the base to create the order and place its goods, then looks at what it made of that: what is not posted or not as drafted is put right, and
 * what is reserved is read, never assumed. Once the document stands, every other ending than `done` is a doubt. A base that refuses to place rows of
 * several storages gets the order without a reserve.
 */
async function createReserved(draft: SaleOrderDraft, { dilovod, within }: DilovodDesk): Promise<ApiAnswer<OrderCommandDone>> {
  const created = await createPlacedSaleOrder(dilovod, draft, within());
  if (created.answer.kind === 'rejected' && created.answer.failure.code === 'refused' && leavesOtherStorages(draft)) {
    const { answer } = await dilovod.saveObject(toSaleOrderPacket(draft), within());
    return turn(answer, (documentId) => ({ kind: 'saved', documentId, reserved: false }));
  }
  if (created.answer.kind !== 'done') return created.answer;
  const { id } = created.answer.value;
  const standing = await readDocument(dilovod, id, within());
  if (standing.answer.kind !== 'done') return inDoubt(standing.answer);
  const correction = correctionOf(standing.answer.value, draft);
  if (correction === undefined) return done({ kind: 'saved', documentId: id, reserved: isReserved(standing.answer.value) });
  const { answer: saved } = await dilovod.saveObject(correction, within());
  if (saved.kind !== 'done') return inDoubt(saved);
  const corrected = await readDocument(dilovod, id, within());
  if (corrected.answer.kind !== 'done') return inDoubt(corrected.answer);
  return done({ kind: 'saved', documentId: id, reserved: isReserved(corrected.answer.value) });
}

/** Nobody has published that an order may be placed with rows of other storages than its own. */
function leavesOtherStorages({ storage, rows }: SaleOrderDraft): boolean {
  return rows.some((row) => row.storage !== storage);
}

/** Rows that are right stay untouched, for saving them anew could take their reserve away. */
function correctionOf({ id, posted, storage, rows }: DilovodDocument, draft: SaleOrderDraft): DilovodSavePacket | undefined {
  const asDrafted = sameRows(rows.map((row) => toDocumentRow(row, storage ?? '')), draft.rows);
  if (!asDrafted) return toSaleOrderPacket(draft, id);
  return posted === true ? undefined : toPostPacket(id);
}

function isReserved({ rows }: DilovodDocument): boolean {
  return rows.length > 0 && rows.every(({ qty, qtyReserve }) => qtyReserve !== null && compare(qtyReserve, qty) >= 0);
}
