import type { DilovodRecord } from './read-json.js';

/** A filter; `alias` is an alias of `fields`. Filters are joined by AND. */
export interface DilovodFilter {
  readonly alias: string;
  readonly operator: '=' | '!=' | '>' | '>=' | '<' | '<=' | '%' | '!%' | 'IL' | 'IH' | '!IH' | 'ILH' | '!ILH' | 'IPL';
  readonly value: string | boolean | readonly string[];
}

/** A virtual table of a register; dates are base-local, `YYYY-MM-DD HH:MM:SS`. */
export interface DilovodRegister {
  readonly type: 'balance' | 'sliceLast' | 'turnover' | 'balanceAndTurnover';
  readonly register: string;
  /** Of a balance or a slice. */
  readonly date?: string;
  /** Of a turnover, with `endDate`. */
  readonly startDate?: string;
  readonly endDate?: string;
  readonly dimensions?: readonly string[];
}

/** Parameters of `request`. `fields` maps paths of the base to names in the answer. */
export interface DilovodQuery {
  readonly from: string | DilovodRegister;
  readonly fields: Readonly<Record<string, string>>;
  readonly filters?: readonly DilovodFilter[];
  readonly limit?: { readonly offset: number; readonly count: number };
  readonly assembleLinks?: boolean;
}

/** Parameters of `saveObject`. `saveType`: 0 save, 1 post, 2 unpost. `header.id`: a type name creates, an id updates. Numbers are decimal texts. */
export interface DilovodSavePacket {
  readonly saveType?: 0 | 1 | 2;
  readonly header: { readonly id: string; readonly [field: string]: unknown };
  readonly tableParts?: Readonly<Record<string, readonly DilovodRecord[]>>;
}

/** An object with its table parts as lists of rows, in the order of `rowNum`. */
export interface DilovodObject {
  readonly header: DilovodRecord;
  readonly tableParts: Readonly<Record<string, readonly DilovodRecord[]>>;
}

/** An entry of `listMetadata`. `idPrefix` is how every id of the type begins. */
export interface DilovodType {
  readonly name: string;
  readonly idPrefix: string | null;
  readonly presentation: string | null;
}

/** What `getMetadata` says about a type. `fields` are the names of its attributes, dimensions and resources. */
export interface DilovodTypeDescription extends DilovodType {
  readonly fields: readonly string[];
}
