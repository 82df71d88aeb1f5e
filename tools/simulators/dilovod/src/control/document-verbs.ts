import { type Base } from '../base/base.js';
import { byHand } from '../base/session.js';
import { storeObject } from '../documents/save-object.js';
import { setDelMark } from '../documents/set-del-mark.js';

type Members = Readonly<Record<string, unknown>>;

interface NewDocument {
  readonly type: string;
  readonly header: Members;
  readonly rows: readonly Members[];
  readonly post: boolean;
}

/** Verbs that do to documents what a person does in the UI. */
export function documentVerbs(base: Base) {
  const save = (saveType: 0 | 1 | 2, header: Members, rows?: readonly Members[]) =>
    storeObject(base, byHand, { saveType, header, ...(rows ? { tableParts: { tpGoods: rows } } : {}) }).id;
  return {
    createDocument: ({ type, header, rows, post }: NewDocument) => save(post ? 1 : 0, { ...header, id: type }, rows),
    /** Changes attributes of anything (person, remark, …), and rows when given; posts again what was posted. */
    editDocument: ({ id, header, rows }: { readonly id: string; readonly header?: Members; readonly rows?: readonly Members[] }) =>
      save(base.objects.find(id)?.header['posted'] === '1' ? 1 : 0, { ...header, id }, rows),
    postDocument: ({ id }: { readonly id: string }) => save(1, { id }),
    unpostDocument: ({ id }: { readonly id: string }) => save(2, { id }),
    /** Marks anything for deletion, documents or not. */
    mark: ({ id }: { readonly id: string }) => setDelMark(base, byHand, { header: { id } }),
    /** Takes the deletion mark off, as only a person can. */
    unmark: ({ id }: { readonly id: string }) => {
      const object = base.objects.find(id);
      if (!object) throw new Error(`No object ${id}`);
      return base.store({ ...object, header: { ...object.header, delMark: '0' } }, byHand).id;
    },
    /** Deletes for good what is marked for deletion, as only a person can; its id is unknown from then on. */
    remove: ({ id }: { readonly id: string }) => {
      if (base.objects.find(id)?.header['delMark'] !== '1') throw new Error(`${id} is not marked for deletion`);
      for (const register of base.ledgers) register.replace(id, []);
      base.objects.remove(id);
    },
  };
}
