import { done } from '@kds/kernel';
import { type CallOptions, type DilovodCall, turnCall } from '../dilovod-call.js';
import type { DilovodClient } from '../dilovod-client.js';
import { reading } from '../read-json.js';
import { type DilovodDocument, fromDocumentObject } from './dilovod-document.js';

/** A document with its rows. `rejected` `not-found` when the base has none with this id; documents marked for deletion are read like any other. */
export async function readDocument(client: Pick<DilovodClient, 'getObject'>, id: string, options: CallOptions): Promise<DilovodCall<DilovodDocument>> {
  return turnCall(await client.getObject(id, options), (object) => reading('failed', () => fromDocumentObject(object)));
}

/** Whether a document stands: it is there and not marked for deletion. */
export async function isLive(client: Pick<DilovodClient, 'getObject'>, id: string, options: CallOptions): Promise<DilovodCall<boolean>> {
  const call = turnCall(await readDocument(client, id, options), ({ delMark }) => done(delMark !== true));
  const gone = call.answer.kind === 'rejected' && call.answer.failure.code === 'not-found';
  return gone ? { ...call, answer: done(false) } : call;
}
