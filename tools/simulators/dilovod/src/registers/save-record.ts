import { type Base } from '../base/base.js';
import { type StoredObject } from '../base/object-store.js';
import { type Session } from '../base/session.js';
import { type Draft, toObject } from '../documents/draft.js';
import { demandRequired } from '../documents/required-attributes.js';
import { Refusal } from '../refusal.js';

/** Stores a record of an information register. A price has one record per good, price type and day; a property one per object and kind. */
export function saveRecord(base: Base, session: Session, draft: Draft): StoredObject {
  demandRequired(base, draft, false);
  if (draft.type.name === 'informationRegisters.goodsPrices') {
    draft.header['date'] ??= base.clock.now();
    const sameDay = base.priceDays.find(draft.header);
    if (sameDay !== undefined && sameDay !== draft.id) throw new Refusal('applicationLayerError На цей день ціна вже встановлена');
  }
  const replaced = draft.before === undefined ? sameProperty(base, draft) : undefined;
  const record = toObject(draft);
  return base.store(replaced ? { ...record, id: replaced.id, header: { ...record.header, id: replaced.id } } : record, session);
}

function sameProperty(base: Base, draft: Draft): StoredObject | undefined {
  if (draft.type.name !== 'informationRegisters.propValues') return undefined;
  const { object, propKind } = draft.header;
  return base.objects.ofType(draft.type.name).find(({ header }) => header['object'] === object && header['propKind'] === propKind);
}
