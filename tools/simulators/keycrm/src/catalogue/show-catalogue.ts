import type { Account } from '../accounts/account.js';
import { type Big, sum } from '../decimals.js';
import { customFieldsShown } from '../dictionaries/show-dictionaries.js';
import type { Offer, Product } from './catalogue.js';

/** An offer as the API gives it. Its quantity still contains the reserve. */
export function showOffer(account: Account, offer: Offer, withProduct: boolean): Record<string, unknown> {
  const { quantity, reserve } = account.stock.total(offer.id);
  const product = account.catalogue.products.get(offer.productId);
  return {
    id: offer.id,
    product_id: offer.productId,
    sku: offer.sku,
    barcode: offer.barcode,
    thumbnail_url: offer.imageUrl,
    price: offer.price,
    purchased_price: offer.purchasedPrice,
    quantity,
    in_reserve: reserve,
    weight: offer.weight,
    length: offer.length,
    width: offer.width,
    height: offer.height,
    properties: offer.properties,
    is_archived: account.switches.offerArchiveFlag === 'present' ? offer.isArchived : undefined,
    ...(withProduct && product ? { product: { ...productFields(account, product), properties_agg: propertiesOf(account, product) } } : {}),
  };
}

const noneOfItsOwn = { absent: {}, null: { sku: null, barcode: null, price: null } } as const;

/** A product as the API gives it. SKU, barcode and prices stand on it only when it has no variants. */
export function showProduct(account: Account, product: Product, withCustomFields = false): Record<string, unknown> {
  const [only] = account.catalogue.offersOf(product.id);
  return {
    ...productFields(account, product),
    ...(product.hasOffers || !only
      ? noneOfItsOwn[account.switches.keysAboveVariants]
      : { sku: only.sku, barcode: only.barcode, price: only.price, purchased_price: only.purchasedPrice }),
    ...(withCustomFields ? { custom_fields: customFieldsShown(account, product.customFields) } : {}),
  };
}

function productFields(account: Account, product: Product): Record<string, unknown> {
  const offers = account.catalogue.offersOf(product.id);
  const stock = offers.map((offer) => account.stock.total(offer.id));
  const [first] = offers;
  return {
    id: product.id,
    name: product.name,
    description: product.description,
    thumbnail_url: product.pictures[0] ?? null,
    attachments_data: product.pictures,
    quantity: sum(stock.map((one) => one.quantity)),
    in_reserve: sum(stock.map((one) => one.reserve)),
    unit_type: product.unitType,
    currency_code: product.currencyCode,
    min_price: extreme(offers, (a, b) => a.lt(b)),
    max_price: extreme(offers, (a, b) => a.gt(b)),
    weight: first?.weight ?? null,
    length: first?.length ?? null,
    width: first?.width ?? null,
    height: first?.height ?? null,
    has_offers: product.hasOffers,
    is_archived: account.catalogue.isProductArchived(product.id),
    category_id: product.categoryId,
    created_at: product.createdAt,
    updated_at: product.updatedAt,
  };
}

function extreme(offers: readonly Offer[], isBeyond: (a: Big, b: Big) => boolean): Big | null {
  return offers.map((offer) => offer.price).reduce<Big | null>((found, price) => (found === null || isBeyond(price, found) ? price : found), null);
}

function propertiesOf(account: Account, product: Product): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const { name, value } of account.catalogue.offersOf(product.id).flatMap((offer) => offer.properties)) {
    const known = (values[name] ??= []);
    if (!known.includes(value)) known.push(value);
  }
  return values;
}
