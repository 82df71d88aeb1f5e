/** What is known of the card that an offer belongs to. */
export interface CardFact {
  /** ISO 4217; null where KeyCRM does not say. */
  readonly currency: string | null;
  readonly readAgoMs: number;
}

/** For so long the currency of a card is believed. */
export const cardBelievedMs = 86_400_000;

/**
 * Is a card kept in the client's currency (`ours`), so that prices may be written to it, or in a `foreign` one? A
 * foreign one stays so until it is read to be another; where KeyCRM does not say, it is the account's own. `client`:
 * the code of the client's currency, where it is known.
 */
export function cardCurrency(card: CardFact | undefined, client: string | undefined): 'ours' | 'foreign' | 'unknown' {
  if (card === undefined || client === undefined) return 'unknown';
  if (card.currency !== null && card.currency !== client) return 'foreign';
  return card.readAgoMs > cardBelievedMs ? 'unknown' : 'ours';
}
