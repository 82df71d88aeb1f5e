import { type Base } from '../base/base.js';
import { predefined } from '../base/predefined.js';
import { byHand } from '../base/session.js';
import { storeObject } from '../documents/save-object.js';
import { type Name } from './catalog-verbs.js';
import { goodId } from './good-reference.js';

interface Good {
  readonly name: Name;
  readonly productNum?: string;
  readonly parent?: string;
}

interface KitRow {
  /** Id or article. */
  readonly good: string;
  readonly qty: string | number;
}

/** Verbs that do to goods what a person does in the UI. `good` is an id or an article. */
export function goodVerbs(base: Base) {
  const save = (header: object, rows?: readonly object[]) =>
    storeObject(base, byHand, { header, ...(rows ? { tableParts: { tpGoods: rows } } : {}) }).id;
  const create = (good: Good & { readonly accPolicy?: string }, rows?: readonly object[]) =>
    save({ mainUnit: predefined.piece, ...good, id: 'catalogs.goods' }, rows);
  return {
    renameGood: ({ good, name }: { readonly good: string; readonly name: Name }) =>
      save({ id: goodId(base, good), name }),
    setProductNum: ({ good, productNum }: { readonly good: string; readonly productNum: string }) =>
      save({ id: goodId(base, good), productNum }),
    createGroup: (group: Good) => save({ ...group, isGroup: true, id: 'catalogs.goods' }),
    /** What is not kept in stock: documents that sell it move none. */
    createService: (service: Good) => create({ ...service, accPolicy: predefined.policyOfServices }),
    /** A good with a specification. It has stock only when it was received, as any good has. */
    createKit: ({ rows, ...kit }: Good & { readonly rows: readonly KitRow[] }) =>
      create(kit, rows.map(({ good, qty }) => ({ good: goodId(base, good), qty, unit: predefined.piece }))),
  };
}
