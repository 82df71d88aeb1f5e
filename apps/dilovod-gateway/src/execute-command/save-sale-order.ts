import { createPlacedSaleOrder, type DilovodDocument, type DilovodSavePacket, emptiedMembers, findDocumentsByKey, readDocument, readLive, readPerson, type SaleOrderDraft, toSaleOrderPacket, toSaleOrderUpdatePacket } from '@kds/dilovod-client';
import { type ApiAnswer, compare, done } from '@kds/kernel';
import { type CreateSaleOrder, isAsExpected, type OrderCommandDone, sameRows, type UpdateSaleOrder } from '@kds/sync-domain';
import type { DilovodDesk } from './dilovod-desk.js';
import { toDocumentFound, toDocumentRow } from './document-rows.js';
import { isOfFirm } from './find-order-documents.js';
import { inDoubt } from './in-doubt.js';
import { toSaleOrderDraft } from './to-document-drafts.js';
import { toPostPacket } from './to-post-packet.js';

type Done = ApiAnswer<OrderCommandDone>;

/** Creates a posted order or brings one that stands to the draft, unless Dilovod holds something else by now than the command takes for granted. */
export async function saveSaleOrder(command: CreateSaleOrder | UpdateSaleOrder, desk: DilovodDesk): Promise<Done> {
  return command.documentId === null ? create(command, desk) : update(command, desk);
}

async function create({ orderId, reserve, personSeenAt, draft: wanted }: CreateSaleOrder, desk: DilovodDesk): Promise<Done> {
  const stands = await findDocumentsByKey(desk.dilovod, { type: 'documents.saleOrder', orderId }, desk.within());
  if (stands.answer.kind !== 'done') return stands.answer;
  if (stands.answer.value.some((header) => isOfFirm(header, desk))) return stale('all');
  const gone = await isPersonGone(wanted.person, personSeenAt, desk);
  if (gone.kind !== 'done') return gone;
  if (gone.value) return stale('person');
  const draft = toSaleOrderDraft(wanted, { now: new Date(), local: desk.local });
  if (reserve) return createReserved(draft, desk);
  const { answer } = await desk.dilovod.saveObject(toSaleOrderPacket(draft), desk.within());
  return answer.kind === 'done' ? readBack({ kind: 'saved', documentId: answer.value }, desk) : answer;
}

/** What was seen a moment ago is believed. */
const personBelievedMs = 60_000;

/** Has the person been removed or marked since somebody looked? */
async function isPersonGone(person: string, seenAt: string | null, { dilovod, within }: DilovodDesk): Promise<ApiAnswer<boolean>> {
  if (seenAt === null || Date.now() - Date.parse(seenAt) < personBelievedMs) return done(false);
  const { answer } = await readPerson(dilovod, person, within());
  if (answer.kind === 'done') return done(answer.value.delMark === true);
  return answer.kind === 'rejected' && answer.failure.code === 'not-found' ? done(true) : answer;
}

async function update({ documentId, expected, draft: wanted }: UpdateSaleOrder, desk: DilovodDesk): Promise<Done> {
  const { answer } = await readLive(desk.dilovod, documentId, desk.within());
  if (answer.kind !== 'done') return answer;
  const document = answer.value;
  if (document === null) return stale('all');
  if (!isAsExpected(toDocumentFound('saleOrder', document), expected)) return stale('saleOrder');
  const draft = toSaleOrderDraft(wanted, { now: new Date(), local: desk.local });
  const saved = await saveEmptying(draft, { document, tailBefore: expected.members?.note ?? null }, desk);
  return saved.kind === 'done' ? readBack({ kind: 'saved', documentId: saved.value }, desk) : saved;
}

/** A base that does not take a member empty gets the rest: that the member stands as before is then read back. */
async function saveEmptying(draft: SaleOrderDraft, standing: { readonly document: DilovodDocument; readonly tailBefore: string | null }, { dilovod, within }: DilovodDesk): Promise<ApiAnswer<string>> {
  const notEmptiable: string[] = [];
  for (;;) {
    const { answer } = await dilovod.saveObject(toSaleOrderUpdatePacket(draft, { ...standing, notEmptiable }), within());
    const field = answer.kind === 'rejected' && answer.failure.code === 'bad-field' ? (answer.failure.detail as { field?: string }).field : undefined;
    const isEmptied = emptiedMembers(draft, standing.document).some((member) => member === field);
    if (field === undefined || !isEmptied || notEmptiable.includes(field)) return answer;
    notEmptiable.push(field);
  }
}

/** What the base made of a save. It stands whether or not it can be read now. */
async function readBack(saved: Extract<OrderCommandDone, { kind: 'saved' }>, { dilovod, within }: DilovodDesk): Promise<Done> {
  const { answer } = await readDocument(dilovod, saved.documentId, within());
  return done(answer.kind === 'done' ? { ...saved, document: toDocumentFound('saleOrder', answer.value) } : saved);
}

function stale(scope: Extract<OrderCommandDone, { kind: 'stale' }>['scope']): Done {
  return done({ kind: 'stale', scope });
}

/**
 * Asks the base to create the order and place its goods, then looks at what it made of that: what is not posted or not as drafted is put right, and
 * what is reserved is read, never assumed. Once the document stands, every other ending than `done` is a doubt. A base that refuses to place rows of
 * several storages gets the order without a reserve.
 */
async function createReserved(draft: SaleOrderDraft, desk: DilovodDesk): Promise<Done> {
  const { dilovod, within } = desk;
  const created = await createPlacedSaleOrder(dilovod, draft, within());
  if (created.answer.kind === 'rejected' && created.answer.failure.code === 'refused' && leavesOtherStorages(draft)) {
    const { answer } = await dilovod.saveObject(toSaleOrderPacket(draft), within());
    return answer.kind === 'done' ? readBack({ kind: 'saved', documentId: answer.value, reserved: false }, desk) : answer;
  }
  if (created.answer.kind !== 'done') return created.answer;
  const { id } = created.answer.value;
  const standing = await readDocument(dilovod, id, within());
  if (standing.answer.kind !== 'done') return inDoubt(standing.answer);
  const correction = correctionOf(standing.answer.value, draft);
  if (correction === undefined) return done(savedReserved(standing.answer.value));
  const { answer: saved } = await dilovod.saveObject(correction, within());
  if (saved.kind !== 'done') return inDoubt(saved);
  const corrected = await readDocument(dilovod, id, within());
  if (corrected.answer.kind !== 'done') return inDoubt(corrected.answer);
  return done(savedReserved(corrected.answer.value));
}

function savedReserved(document: DilovodDocument): OrderCommandDone {
  return { kind: 'saved', documentId: document.id, reserved: isReserved(document), document: toDocumentFound('saleOrder', document) };
}

/** Nobody has published that an order may be placed with rows of other storages than its own. */
function leavesOtherStorages({ storage, rows }: SaleOrderDraft): boolean {
  return rows.some((row) => row.storage !== storage);
}

/** Rows that are right stay untouched, for saving them anew could take their reserve away. */
function correctionOf(document: DilovodDocument, draft: SaleOrderDraft): DilovodSavePacket | undefined {
  const { id, posted, storage, rows } = document;
  const asDrafted = sameRows(rows.map((row) => toDocumentRow(row, storage ?? '')), draft.rows);
  if (!asDrafted) return toSaleOrderUpdatePacket(draft, { document, tailBefore: draft.remarkTail ?? null });
  return posted === true ? undefined : toPostPacket(id);
}

function isReserved({ rows }: DilovodDocument): boolean {
  return rows.length > 0 && rows.every(({ qty, qtyReserve }) => qtyReserve !== null && compare(qtyReserve, qty) >= 0);
}
