import { type Base } from '../base/base.js';

/** The id of a good named by id or article. Throws when there is none. */
export function goodId(base: Base, idOrProductNum: string): string {
  if (base.objects.find(idOrProductNum)?.type === 'catalogs.goods') return idOrProductNum;
  const good = base.objects.ofType('catalogs.goods').find(({ header }) => header['productNum'] === idOrProductNum);
  if (!good) throw new Error(`No good ${idOrProductNum}`);
  return good.id;
}
