import { type Base } from '../base/base.js';
import { type StoredObject } from '../base/object-store.js';
import { demandWrite, type Session } from '../base/session.js';
import { saveCatalogObject } from '../catalogs/save-catalog-object.js';
import { membersOf } from '../packet.js';
import { toFlag } from '../metadata/stored-value.js';
import { Refusal } from '../refusal.js';
import { saveRecord } from '../registers/save-record.js';
import { applyHeader, applyTableParts, asksForMark, openDraft } from './draft.js';
import { saveDocument } from './save-document.js';

/** Creates or updates an object and answers with its id; property values are answered with a zero. */
export function saveObject(base: Base, session: Session, params: Readonly<Record<string, unknown>>): { readonly result: 'ok'; readonly id: string | number } {
  const stored = storeObject(base, session, params);
  return { result: 'ok', id: stored.type === 'informationRegisters.propValues' ? 0 : stored.id };
}

/** The same for callers inside the simulator, who want the object. */
export function storeObject(base: Base, session: Session, params: Readonly<Record<string, unknown>>): StoredObject {
  const sent = membersOf(params['header']);
  const draft = openDraft(base, sent['id']);
  demandWrite(session, draft.type.name);
  demandUnlocked(base, session, draft.id);
  applyHeader(base, session, { draft, sent });
  applyTableParts(base, session, { draft, sent: membersOf(params['tableParts']) });
  if (draft.type.kind === 'catalogs') return saveCatalogObject(base, session, { draft, sent });
  if (draft.type.kind === 'informationRegisters') return saveRecord(base, session, draft);
  const change = { saveType: saveTypeOf(params['saveType']), mark: asksForMark(sent), postedFlag: toFlag(sent['posted']) === '1', sent };
  return saveDocument(base, session, { draft, change });
}

/** Refuses an object that somebody has open in the UI. */
export function demandUnlocked(base: Base, session: Session, id: string): void {
  if (session.origin === 'api' && base.locked.has(id)) throw new Refusal('object locked');
}

function saveTypeOf(raw: unknown): 0 | 1 | 2 {
  const saveType = raw === undefined || raw === null ? 0 : Number(raw);
  if (saveType === 0 || saveType === 1 || saveType === 2) return saveType;
  throw new Refusal(`bad saveType ${String(raw)}`);
}
