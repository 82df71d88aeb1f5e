import { type Base } from '../base/base.js';
import { demandWrite, type Session } from '../base/session.js';
import { membersOf } from '../packet.js';
import { openDraft, toObject } from './draft.js';
import { saveDocument } from './save-document.js';
import { demandUnlocked } from './save-object.js';
import { toReference } from '../metadata/stored-value.js';

/** Marks an object for deletion. Answers with the bare text `ok`. */
export function setDelMark(base: Base, session: Session, params: Readonly<Record<string, unknown>>): 'ok' {
  const draft = openDraft(base, toReference(membersOf(params['header'])['id']) ?? '');
  demandWrite(session, draft.type.name);
  demandUnlocked(base, session, draft.id);
  if (draft.type.kind === 'documents') saveDocument(base, session, { draft, change: { saveType: 0, mark: true, postedFlag: false, sent: {} } });
  else base.store({ ...toObject(draft), header: { ...draft.header, delMark: '1' } }, session);
  return 'ok';
}
