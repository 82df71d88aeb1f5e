import { type Base } from '../base/base.js';
import { predefined } from '../base/predefined.js';
import { byHand } from '../base/session.js';
import { storeObject } from '../documents/save-object.js';

/** A name in both languages, or one for both. */
export type Name = string | { readonly uk: string; readonly ru?: string };

interface Named {
  readonly name: Name;
  readonly code?: string;
}

/** Verbs that fill catalogs. Each answers with the id of what it made. */
export function catalogVerbs(base: Base) {
  const create = (type: string, header: object) => storeObject(base, byHand, { header: { ...header, id: type } }).id;
  return {
    /** Any object that has no rows: currency, trade channel, payment form, delivery method, user, …. */
    createObject: ({ type, header }: { readonly type: string; readonly header: Readonly<Record<string, unknown>> }) => create(type, header),
    createGood: ({ unit, ...good }: Named & { readonly productNum?: string; readonly unit?: string; readonly parent?: string; readonly isGroup?: boolean }) =>
      create('catalogs.goods', { mainUnit: unit ?? predefined.piece, ...good }),
    /** Many goods at once. */
    createGoods: ({ goods }: { readonly goods: readonly (Named & { readonly productNum: string; readonly parent?: string })[] }) =>
      goods.map((good) => create('catalogs.goods', { mainUnit: predefined.piece, ...good })),
    createStorage: (storage: Named) => create('catalogs.storages', storage),
    createPerson: (person: Named & { readonly phone?: string; readonly email?: string; readonly details?: string }) => create('catalogs.persons', person),
    createPriceType: (priceType: Named) => create('catalogs.priceTypes', { currency: predefined.hryvnia, ...priceType }),
    createCurrency: (currency: Named & { readonly code: string }) => create('catalogs.currency', currency),
    createFirm: (firm: Named) => create('catalogs.firms', firm),
    createState: (state: Named) => create(base.switches.orderStatesType, state),
  };
}
