import { anyOf, flag, refuseUnlisted } from '../http/api-query.js';
import type { Account } from '../accounts/account.js';
import { keptPrice, type Numeric, toDecimal } from '../decimals.js';
import { BodyCheck, isObject, type JsonObject } from '../http/body-check.js';
import { applyBulk, checkBatchSize, refuseBulk } from '../http/bulk-limit.js';
import { sorted } from '../http/paging.js';
import { accepted, type ApiAnswer, type ApiRequest, pageAnswer, type Route } from '../http/route.js';
import { dimensionKeys, type Offer } from './catalogue.js';
import { findRows, type FoundRow } from './find-rows.js';
import { showOffer } from './show-catalogue.js';
import { skuKeys } from './sku-index.js';

export const offerRoutes: readonly Route[] = [
  { operation: 'GET /offers', answer: listOffers },
  { operation: 'PUT /offers', answer: updateOffers },
];

const largestBatch = 10_000;

function listOffers(request: ApiRequest): ApiAnswer {
  const { query, account } = request;
  refuseUnlisted(query, { filters: ['id', 'product_id', 'sku', 'is_archived'], includes: ['product'], sorts: ['id', 'product_id'] });
  const [isWanted, ofProduct] = [anyOf(query, 'id'), anyOf(query, 'product_id')];
  const hasSku = anyOf(query, 'sku', skuKeys[account.switches.skuMatching]);
  const archived = flag(query, 'is_archived');
  const found = [...account.catalogue.offers.values()].filter(
    (offer) =>
      isWanted(offer.id) &&
      ofProduct(offer.productId) &&
      hasSku(offer.sku) &&
      (archived === undefined ? isListedByDefault(account, offer) : offer.isArchived === archived),
  );
  const placed = sorted(found, query.sort ?? 'id', { id: (offer) => offer.id, product_id: (offer) => offer.productId });
  return pageAnswer(request, placed, (offer) => showOffer(account, offer, query.include.includes('product')));
}

export function isListedByDefault(account: Account, offer: Offer): boolean {
  return !offer.isArchived || account.switches.archivedByDefault === 'listed';
}

const priceKeys = ['price', 'purchased_price'] as const;

/** PUT /offers: prices and dimensions; a key that is not sent stays. The answer tells nothing of single rows. */
function updateOffers({ account, body }: ApiRequest): ApiAnswer {
  const sent = isObject(body) ? body : {};
  const check = new BodyCheck();
  check.required('offers', sent['offers']);
  const rows = check.rows('offers', sent['offers']);
  checkBatchSize(account, check, { key: 'offers', size: rows.length, most: largestBatch });
  for (const [index, row] of rows.entries()) checkOfferRow(account, check, row, `offers.${index}`);
  const rowCheck = new BodyCheck();
  const found = findRows(account, check, rows, { idKey: 'id', listKey: 'offers', unknownSku: account.switches.offerUnknownSku, rowCheck });
  refuseBulk(account, check, 'offers');
  applyBulk(account, () => found.forEach((row) => applyOfferRow(account, row)));
  refuseBulk(account, rowCheck, 'offers');
  return accepted;
}

function checkOfferRow(account: Account, check: BodyCheck, row: JsonObject, path: string): void {
  for (const key of [...priceKeys, ...dimensionKeys]) check.amount(`${path}.${key}`, row[key]);
  check.text(`${path}.image_url`, row['image_url']);
  if (account.switches.nullPrice !== 'rejected') return;
  for (const key of priceKeys) if (row[key] === null) check.fail(`${path}.${key}`, `The ${path}.${key} must be a number.`);
}

function applyOfferRow(account: Account, { row, offers }: FoundRow): void {
  for (const offer of offers) {
    const price = sentPrice(account, row['price']);
    if (price !== undefined) offer.price = price ?? toDecimal(0);
    const purchased = sentPrice(account, row['purchased_price']);
    if (purchased !== undefined) offer.purchasedPrice = purchased?.eq(0) && account.switches.zeroPurchasedPrice === 'clears' ? null : purchased;
    for (const key of dimensionKeys) if (row[key] != null) offer[key] = toDecimal(row[key] as Numeric);
    if (typeof row['image_url'] === 'string') offer.imageUrl = row['image_url'];
    const product = account.catalogue.products.get(offer.productId);
    if (product) product.updatedAt = account.now();
  }
}

/** A price to set, null to clear it, `undefined` to leave it. */
function sentPrice(account: Account, value: unknown) {
  if (value === null) return account.switches.nullPrice === 'clears' ? null : undefined;
  return value === undefined ? undefined : keptPrice(toDecimal(value as Numeric), account.switches);
}
