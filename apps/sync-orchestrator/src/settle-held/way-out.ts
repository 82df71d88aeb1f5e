interface Held {
  readonly kind: 'order' | 'run' | 'rows';
  readonly reason: string;
  /** Whether Dilovod refused a request of the order. */
  readonly refused: boolean;
}

/** When something held goes by itself, in words. */
export function wayOut({ kind, reason, refused }: Held): string {
  if (kind === 'run') return 'when a later run looks right';
  if (kind === 'rows') return 'when KeyCRM takes them: each is tried again when it would say something else, and after 1, 2, 4, 8 and 16 hours';
  if (reason === 'shortage') return 'when the balances in Dilovod cover it';
  if (reason === 'sku-unknown') return 'when a good with this SKU appears in Dilovod; looked for again every few minutes';
  if (reason === 'look-failed') return 'when it can be looked at again; tried after half a minute, then after twice as long each time, at most an hour';
  if (refused) return 'when Dilovod accepts it; tried again every few minutes';
  if (reason === 'partial-return') return 'when the edit is undone in KeyCRM; releasing it makes the return in Dilovod';
  if (reason === 'document-repeated' || reason === 'edited-after-shipment') return 'when the order is edited in KeyCRM; what was put right in Dilovod is seen when it is released';
  return 'when the order is edited in KeyCRM or the manifest changes so that the cause is gone';
}
