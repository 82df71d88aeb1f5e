import type { DilovodSavePacket } from '@kds/dilovod-client';

/** Posts a document as it stands. */
export function toPostPacket(id: string): DilovodSavePacket {
  return { saveType: 1, header: { id } };
}
