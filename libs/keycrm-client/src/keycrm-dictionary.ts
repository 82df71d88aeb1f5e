/** A status that orders can be in. Only `id` is stable inside an account: names and aliases change when a status is renamed. */
export interface KeycrmStatus {
  readonly id: number;
  readonly name: string;
  readonly alias: string | null;
  /** 1 new, 2 approval, 3 production, 4 delivery, 5 completed, 6 cancelled. */
  readonly groupId: number | null;
  readonly isActive: boolean | null;
  readonly isClosingOrder: boolean | null;
}

/** A channel that orders come through: a site, a marketplace. */
export interface KeycrmSource {
  readonly id: number;
  readonly name: string | null;
  /** Of the orders that come through it, e.g. `UAH`. */
  readonly currencyCode: string | null;
}

/** A field that the account's owner added to orders. */
export interface KeycrmCustomField {
  readonly id: number;
  /** By which orders carry its value, e.g. `OR_1044`. */
  readonly uuid: string;
  readonly name: string | null;
  readonly model: string | null;
  /** `text`, `textarea`, `select`, `number` … */
  readonly type: string | null;
  readonly isMultiple: boolean | null;
}
