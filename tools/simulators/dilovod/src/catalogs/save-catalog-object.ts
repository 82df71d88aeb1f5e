import { type Base } from '../base/base.js';
import { type StoredObject } from '../base/object-store.js';
import { type Session } from '../base/session.js';
import { asksForMark, type Draft, toObject } from '../documents/draft.js';
import { demandRequired } from '../documents/required-attributes.js';
import { Refusal } from '../refusal.js';
import { demandWritableContacts, deriveContacts } from './person-contacts.js';

/** Stores an object of a catalog. */
export function saveCatalogObject(base: Base, session: Session, { draft, sent }: { draft: Draft; sent: Readonly<Record<string, unknown>> }): StoredObject {
  if (draft.type.name === 'catalogs.persons' && session.origin === 'api') demandWritableContacts(sent, base.switches.personContactsWritable);
  if (draft.type.name === 'catalogs.persons') deriveContacts(draft.header, sent, base.switches);
  demandRequired(base, draft, false);
  if (draft.type.name === 'catalogs.goods') demandUniqueProductNum(base, draft);
  if (asksForMark(sent)) draft.header['delMark'] = '1';
  draft.header['code'] ??= base.objects.takeNumber(draft.type.name);
  return base.store(toObject(draft), session);
}

function demandUniqueProductNum(base: Base, draft: Draft): void {
  const productNum = draft.header['productNum'];
  if (base.switches.productNumUnique === 'no' || productNum === undefined || productNum === '') return;
  const twin = base.objects.ofType('catalogs.goods').find((good) => good.id !== draft.id && good.header['productNum'] === productNum);
  if (twin) throw new Refusal(`applicationLayerError Артикул ${String(productNum)} вже має інший товар (productNum)`);
}
