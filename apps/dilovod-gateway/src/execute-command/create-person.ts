import type { DilovodCommand, ResultOf } from '@kds/contracts';
import { createPerson } from '@kds/dilovod-client';
import { turn } from '@kds/gateway';
import type { ApiAnswer } from '@kds/kernel';
import type { DilovodDesk } from './dilovod-desk.js';

export async function createPersonOnce({ name, phone, email }: Extract<DilovodCommand, { kind: 'create-person' }>, { dilovod, within }: DilovodDesk): Promise<ApiAnswer<ResultOf['create-person']>> {
  const { answer } = await createPerson(dilovod, { name, phone, email }, within());
  return turn(answer, (id) => ({ id }));
}
