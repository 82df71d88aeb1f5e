import type { Account } from '../accounts/account.js';
import type { NewOffer, Offer, Property } from '../catalogue/catalogue.js';
import { nought, type Numeric, toDecimal, toDecimalOrNull } from '../decimals.js';
import type { CustomFieldValue } from '../dictionaries/dictionaries.js';

export interface NewVariant {
  readonly sku?: string | null;
  readonly barcode?: string | null;
  readonly price?: Numeric;
  readonly purchasedPrice?: Numeric | null;
  readonly weight?: Numeric | null;
  readonly length?: Numeric | null;
  readonly width?: Numeric | null;
  readonly height?: Numeric | null;
  readonly properties?: readonly Property[];
  readonly isArchived?: boolean;
  readonly stock?: readonly { readonly warehouseId: number; readonly quantity: Numeric }[];
}

/** A good to create. Without `variants` it is a simple product whose one offer has the fields given here. */
export interface NewGood extends NewVariant {
  readonly name: string;
  readonly currencyCode?: string;
  readonly categoryId?: number | null;
  readonly unitType?: string | null;
  readonly customFields?: Readonly<Record<string, CustomFieldValue>>;
  readonly variants?: readonly NewVariant[];
}

export interface OfferKey {
  readonly offerId?: number;
  /** The oldest offer with this SKU. */
  readonly sku?: string;
}

export interface ProductChange {
  readonly name?: string;
  readonly currencyCode?: string;
  readonly unitType?: string | null;
}

/** Verbs of what is done with goods in the account's own interface. */
export const goodsVerbs = {
  createGoods(account: Account, wanted: { goods: readonly NewGood[] }) {
    return wanted.goods.map((good) => createGood(account, good));
  },

  createCategory(account: Account, wanted: { name: string; parentId?: number | null }) {
    return account.catalogue.addCategory(wanted.name, wanted.parentId ?? null);
  },

  /** A receipt; a negative quantity takes away. */
  receiveStock(account: Account, wanted: { warehouseId: number; rows: readonly (OfferKey & { quantity: Numeric; purchasedPrice?: Numeric })[] }) {
    for (const row of wanted.rows) {
      const offer = offerOf(account, row);
      receive(account, offer, wanted.warehouseId, row.quantity);
      if (row.purchasedPrice !== undefined && account.switches.receiptSetsPurchasePrice === 'yes') offer.purchasedPrice = toDecimal(row.purchasedPrice);
    }
  },

  /** An inventory: what was counted in one warehouse replaces what was there. */
  setStock(account: Account, wanted: { warehouseId: number; rows: readonly (OfferKey & { quantity: Numeric })[] }) {
    for (const row of wanted.rows) {
      const offer = offerOf(account, row);
      const { quantity } = account.stock.balance(offer.id, warehouseOf(account, wanted.warehouseId));
      account.stock.move({ at: account.now(), offerId: offer.id, warehouseId: wanted.warehouseId, quantity: toDecimal(row.quantity).minus(quantity), reserve: nought, reason: 'inventory' });
    }
  },

  /** Orders keep the SKU that their lines were made with. */
  changeSku(account: Account, wanted: OfferKey & { newSku: string | null }) {
    account.catalogue.changeSku(offerOf(account, wanted), wanted.newSku);
  },

  /** The card of an offer: its name, its unit, the currency that its prices are in. */
  changeProduct(account: Account, wanted: OfferKey & ProductChange) {
    const product = account.catalogue.products.get(offerOf(account, wanted).productId);
    if (!product) throw new RangeError('the offer has no product');
    if (wanted.name !== undefined) account.catalogue.rename(product, wanted.name);
    product.currencyCode = wanted.currencyCode ?? product.currencyCode;
    if (wanted.unitType !== undefined) product.unitType = wanted.unitType;
    product.updatedAt = account.now();
  },

  setPrices(account: Account, wanted: { rows: readonly (OfferKey & { price?: Numeric; purchasedPrice?: Numeric | null })[] }) {
    for (const row of wanted.rows) {
      const offer = offerOf(account, row);
      if (row.price !== undefined) offer.price = toDecimal(row.price);
      if (row.purchasedPrice !== undefined) offer.purchasedPrice = toDecimalOrNull(row.purchasedPrice);
    }
  },

  archiveOffer(account: Account, wanted: OfferKey & { isArchived?: boolean }) {
    offerOf(account, wanted).isArchived = wanted.isArchived ?? true;
  },
};

function createGood(account: Account, good: NewGood) {
  const variants = good.variants ?? [good];
  const product = account.catalogue.addProduct(
    {
      name: good.name,
      description: null,
      pictures: [],
      currencyCode: good.currencyCode ?? account.settings.currencyCode,
      unitType: good.unitType ?? null,
      categoryId: good.categoryId ?? null,
      hasOffers: good.variants !== undefined,
      customFields: new Map(Object.entries(good.customFields ?? {})),
      createdAt: account.now(),
    },
    variants.map(newOffer),
  );
  const offers = account.catalogue.offersOf(product.id);
  for (const [index, { stock }] of variants.entries()) {
    const offer = offers[index];
    for (const { warehouseId, quantity } of (offer && stock) ?? []) receive(account, offer as Offer, warehouseId, quantity);
  }
  return { productId: product.id, offerIds: offers.map((offer) => offer.id) };
}

function newOffer(variant: NewVariant): NewOffer {
  return {
    sku: variant.sku ?? null,
    barcode: variant.barcode ?? null,
    price: toDecimal(variant.price ?? 0),
    purchasedPrice: toDecimalOrNull(variant.purchasedPrice),
    weight: toDecimalOrNull(variant.weight),
    length: toDecimalOrNull(variant.length),
    width: toDecimalOrNull(variant.width),
    height: toDecimalOrNull(variant.height),
    imageUrl: null,
    properties: variant.properties ?? [],
    isArchived: variant.isArchived ?? false,
  };
}

function receive(account: Account, offer: Offer, warehouseId: number, quantity: Numeric): void {
  account.stock.move({ at: account.now(), offerId: offer.id, warehouseId: warehouseOf(account, warehouseId), quantity: toDecimal(quantity), reserve: nought, reason: 'receipt' });
}

function offerOf(account: Account, key: OfferKey): Offer {
  const offer = key.offerId === undefined ? account.catalogue.offersWithSku(key.sku ?? '')[0] : account.catalogue.offers.get(key.offerId);
  if (!offer) throw new RangeError(`no offer ${key.offerId ?? key.sku}`);
  return offer;
}

export function warehouseOf(account: Account, id: number): number {
  if (!account.dictionaries.warehouses.has(id)) throw new RangeError(`no warehouse ${id}: create it first`);
  return id;
}
