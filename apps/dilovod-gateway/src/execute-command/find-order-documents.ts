import { type DilovodDocumentHeader, findDocumentsByContract, findDocumentsByKey, readDocument } from '@kds/dilovod-client';
import { type ApiAnswer, done } from '@kds/kernel';
import type { DocumentFound, DocumentType, OrderCommand, OrderCommandDone } from '@kds/sync-domain';
import type { DilovodDesk } from './dilovod-desk.js';
import { toDocumentFound } from './document-rows.js';
import { toPostPacket } from './to-post-packet.js';

/**
 * The live documents of an order, of one kind or of all, with their rows: those that bear its key, and shipments and returns that somebody linked to its
 * order document. One with our key that a lost answer left unposted is posted before it is told of, so that whatever is found counts.
 */
export async function findOrderDocuments({ orderId, type, saleOrders }: Extract<OrderCommand, { kind: 'find-documents' }>, desk: DilovodDesk): Promise<ApiAnswer<OrderCommandDone>> {
  const documents: DocumentFound[] = [];
  for (const kind of type === 'all' ? (['saleOrder', 'sale', 'saleReturn'] as const) : [type]) {
    const linkedTo = [...new Set([...saleOrders, ...documents.flatMap((document) => (document.type === 'saleOrder' ? [document.id] : []))])];
    const keyed = await findKeyed(kind, orderId, desk);
    if (keyed.kind !== 'done') return keyed;
    const linked = kind === 'saleOrder' ? done([]) : await findLinked(kind, { linkedTo, except: keyed.value.map(({ id }) => id) }, desk);
    if (linked.kind !== 'done') return linked;
    documents.push(...keyed.value, ...linked.value);
  }
  return done({ kind: 'found', documents });
}

async function findKeyed(type: DocumentType, orderId: number, desk: DilovodDesk): Promise<ApiAnswer<readonly DocumentFound[]>> {
  const { answer } = await findDocumentsByKey(desk.dilovod, { type: `documents.${type}`, orderId }, desk.within());
  if (answer.kind !== 'done') return answer;
  return readEach(ofFirm(answer.value, desk), (id) => readPosted(type, id, desk));
}

export interface Linked {
  /** Ids of order documents. */
  readonly linkedTo: readonly string[];
  /** Documents that are known already. */
  readonly except: readonly string[];
}

/** Posted documents that are linked to one of the order documents, whoever made them. What is not posted is somebody's draft and no fact yet. */
export async function findLinked(type: 'sale' | 'saleReturn', { linkedTo, except }: Linked, desk: DilovodDesk): Promise<ApiAnswer<readonly DocumentFound[]>> {
  if (linkedTo.length === 0) return done([]);
  const { answer } = await findDocumentsByContract(desk.dilovod, { type: `documents.${type}`, orderDocumentIds: linkedTo }, desk.within());
  if (answer.kind !== 'done') return answer;
  const found = await readEach(ofFirm(answer.value, desk).filter(({ id }) => !except.includes(id)), (id) => read(type, id, desk));
  return found.kind === 'done' ? done(found.value.filter(({ posted }) => posted)) : found;
}

function ofFirm(headers: readonly DilovodDocumentHeader[], desk: DilovodDesk): readonly DilovodDocumentHeader[] {
  return headers.filter((header) => isOfFirm(header, desk));
}

/** One base may serve several firms, each with a shop of its own and orders of the same numbers. */
export function isOfFirm({ firm }: DilovodDocumentHeader, { tenant }: DilovodDesk): boolean {
  return firm === null || firm === tenant.spec.dilovod.firm;
}

async function readEach(headers: readonly DilovodDocumentHeader[], readOne: (id: string) => Promise<ApiAnswer<DocumentFound>>): Promise<ApiAnswer<readonly DocumentFound[]>> {
  const documents: DocumentFound[] = [];
  for (const { id } of headers) {
    const found = await readOne(id);
    if (found.kind !== 'done') return found;
    documents.push(found.value);
  }
  return done(documents);
}

async function read(type: DocumentType, id: string, { dilovod, within }: DilovodDesk): Promise<ApiAnswer<DocumentFound>> {
  const { answer } = await readDocument(dilovod, id, within());
  return answer.kind === 'done' ? done(toDocumentFound(type, answer.value)) : answer;
}

async function readPosted(type: DocumentType, id: string, desk: DilovodDesk): Promise<ApiAnswer<DocumentFound>> {
  const found = await read(type, id, desk);
  if (found.kind !== 'done' || found.value.posted) return found;
  const { answer: saved } = await desk.dilovod.saveObject(toPostPacket(id), desk.within());
  return saved.kind === 'done' ? done({ ...found.value, posted: true }) : saved;
}
