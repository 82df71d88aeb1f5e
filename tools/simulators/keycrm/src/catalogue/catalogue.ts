import type { Big } from '../decimals.js';
import type { CustomFieldValue } from '../dictionaries/dictionaries.js';
import type { Switches } from '../switches.js';
import { SkuIndex, skuKeys } from './sku-index.js';

export interface Property {
  readonly name: string;
  readonly value: string;
}

/** The card of a good. Without variants it still owns one offer. */
export interface Product {
  readonly id: number;
  name: string;
  description: string | null;
  pictures: readonly string[];
  currencyCode: string;
  unitType: string | null;
  categoryId: number | null;
  hasOffers: boolean;
  readonly customFields: Map<string, CustomFieldValue>;
  readonly createdAt: Date;
  updatedAt: Date;
}

export const dimensionKeys = ['weight', 'length', 'width', 'height'] as const;
export type Dimensions = Record<(typeof dimensionKeys)[number], Big | null>;

/** The variant: what has a SKU, a price and stock. */
export interface Offer extends Dimensions {
  readonly id: number;
  readonly productId: number;
  sku: string | null;
  barcode: string | null;
  price: Big;
  purchasedPrice: Big | null;
  imageUrl: string | null;
  readonly properties: readonly Property[];
  isArchived: boolean;
}

export interface Category {
  readonly id: number;
  readonly name: string;
  readonly parentId: number | null;
}

export type NewProduct = Omit<Product, 'id' | 'updatedAt'>;
export type NewOffer = Omit<Offer, 'id' | 'productId'>;

/** Products and their offers, found by id, SKU or name at once. The two kinds have different series of ids. */
export class Catalogue {
  readonly products = new Map<number, Product>();
  readonly offers = new Map<number, Offer>();
  readonly categories = new Map<number, Category>();
  private readonly offersBySku = {
    exact: new SkuIndex(skuKeys.exact),
    'folds-case-and-blanks': new SkuIndex(skuKeys['folds-case-and-blanks']),
  };
  private readonly offersByProduct = new Map<number, Offer[]>();
  private readonly names = new Set<string>();
  private nextOfferId = 1001;

  addProduct(product: NewProduct, offers: readonly NewOffer[]): Product {
    const added: Product = { ...product, id: this.products.size + 1, updatedAt: product.createdAt };
    this.products.set(added.id, added);
    this.names.add(added.name);
    for (const offer of offers) this.addOffer(added.id, offer);
    return added;
  }

  addCategory(name: string, parentId: number | null): Category {
    const category: Category = { id: this.categories.size + 1, name, parentId };
    this.categories.set(category.id, category);
    return category;
  }

  hasProductNamed(name: string): boolean {
    return this.names.has(name);
  }

  /** Several offers may share a SKU: nothing forbids it. Oldest first. */
  offersWithSku(sku: string, matching: Switches['skuMatching'] = 'exact'): readonly Offer[] {
    return this.offersBySku[matching].with(sku);
  }

  offersOf(productId: number): readonly Offer[] {
    return this.offersByProduct.get(productId) ?? [];
  }

  isProductArchived(productId: number): boolean {
    return this.offersOf(productId).every((offer) => offer.isArchived);
  }

  changeSku(offer: Offer, sku: string | null): void {
    for (const index of Object.values(this.offersBySku)) index.remove(offer);
    offer.sku = sku;
    for (const index of Object.values(this.offersBySku)) index.add(offer);
  }

  rename(product: Product, name: string): void {
    if (![...this.products.values()].some((other) => other !== product && other.name === product.name)) this.names.delete(product.name);
    product.name = name;
    this.names.add(name);
  }

  addOffer(productId: number, offer: NewOffer): void {
    const added: Offer = { ...offer, id: this.nextOfferId++, productId };
    this.offers.set(added.id, added);
    append(this.offersByProduct, productId, added);
    for (const index of Object.values(this.offersBySku)) index.add(added);
  }
}

function append<Key, Value>(index: Map<Key, Value[]>, key: Key, value: Value): void {
  const found = index.get(key);
  if (found) found.push(value);
  else index.set(key, [value]);
}
