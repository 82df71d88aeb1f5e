import { done } from '@kds/kernel';
import { type CallOptions, type DilovodCall, turnCall } from '../dilovod-call.js';
import type { DilovodClient } from '../dilovod-client.js';
import { reading } from '../read-json.js';
import { type DilovodDocument, fromDocumentObject } from './dilovod-document.js';

/** A document with its rows. `rejected` `not-found` when the base has none with this id; documents marked for deletion are read like any other. */
export async function readDocument(client: Pick<DilovodClient, 'getObject'>, id: string, options: CallOptions): Promise<DilovodCall<DilovodDocument>> {
  return turnCall(await client.getObject(id, options), (object) => reading('failed', () => fromDocumentObject(object)));
}

/** A document that stands, with its rows; `null` when the base has none with this id, or it is marked for deletion. */
export async function readLive(client: Pick<DilovodClient, 'getObject'>, id: string, options: CallOptions): Promise<DilovodCall<DilovodDocument | null>> {
  const call = turnCall(await readDocument(client, id, options), (document) => done(document.delMark === true ? null : document));
  const gone = call.answer.kind === 'rejected' && call.answer.failure.code === 'not-found';
  return gone ? { ...call, answer: done(null) } : call;
}

/** Whether a document stands: it is there and not marked for deletion. */
export async function isLive(client: Pick<DilovodClient, 'getObject'>, id: string, options: CallOptions): Promise<DilovodCall<boolean>> {
  return turnCall(await readLive(client, id, options), (document) => done(document !== null));
}
