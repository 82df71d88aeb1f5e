import type { Switches } from '../switches.js';
import type { Offer } from './catalogue.js';

/** What of a SKU is compared where it is looked up. */
export const skuKeys: Readonly<Record<Switches['skuMatching'], (sku: string) => string>> = {
  exact: (sku) => sku,
  'folds-case-and-blanks': (sku) => sku.trim().toLowerCase(),
};

/** Offers by their SKU. Several may share one: nothing forbids it. */
export class SkuIndex {
  private readonly offers = new Map<string, Offer[]>();

  constructor(private readonly keyOf: (sku: string) => string) {}

  /** Oldest first. */
  with(sku: string): readonly Offer[] {
    return this.offers.get(this.keyOf(sku)) ?? [];
  }

  add(offer: Offer): void {
    if (offer.sku === null) return;
    const key = this.keyOf(offer.sku);
    const found = this.offers.get(key);
    if (found) found.push(offer);
    else this.offers.set(key, [offer]);
  }

  remove(offer: Offer): void {
    if (offer.sku === null) return;
    this.offers.set(this.keyOf(offer.sku), this.with(offer.sku).filter((other) => other !== offer));
  }
}
