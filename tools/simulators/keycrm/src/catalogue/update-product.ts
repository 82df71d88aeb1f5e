import type { Account } from '../accounts/account.js';
import { keptPrice, type Numeric, toDecimal } from '../decimals.js';
import { applyCustomFields, readCustomFields } from '../dictionaries/custom-field-values.js';
import { BodyCheck, isObject, type JsonObject, textOrNull } from '../http/body-check.js';
import { checkBatchSize } from '../http/bulk-limit.js';
import { badRequest, notFound } from '../http/refusal.js';
import type { ApiAnswer, ApiRequest } from '../http/route.js';
import { dimensionKeys, type Offer, type Product } from './catalogue.js';
import { checkProductFields, sentOffer } from './create-product.js';
import { showProduct } from './show-catalogue.js';

export function productOf({ account, id }: ApiRequest): Product {
  const product = account.catalogue.products.get(Number(id));
  if (!product) throw notFound('Product');
  return product;
}

const offerKeys = ['sku', 'barcode', 'price', 'purchased_price'] as const;

/** PUT /products/{id}: whatever is not sent stays. */
export function updateProduct(request: ApiRequest): ApiAnswer {
  const { account } = request;
  const product = productOf(request);
  const sent = isObject(request.body) ? request.body : {};
  const check = new BodyCheck();
  checkProductFields(account, check, sent, '');
  const name = textOrNull(sent['name']) ?? product.name;
  if (name !== product.name && account.switches.productName === 'unique' && account.catalogue.hasProductNamed(name)) check.fail('name', 'The name has already been taken.');
  const ofOffer = offerKeys.find((key) => sent[key] !== undefined);
  if (product.hasOffers && ofOffer && account.switches.fieldsOfVariants === 'rejected') check.fail(ofOffer, 'The product has variants.');
  const customFields = readCustomFields(account, check, 'crm_product', check.rows('custom_fields', sent['custom_fields']));
  check.refuseIfBroken();

  if (name !== product.name) account.catalogue.rename(product, name);
  applyFields(account, product, sent);
  applyCustomFields(product.customFields, customFields);
  for (const offer of account.catalogue.offersOf(product.id)) applyToOffer(account, product, offer, sent);
  return { status: 202, body: showProduct(account, product) };
}

function applyFields(account: Account, product: Product, sent: JsonObject): void {
  if (sent['description'] !== undefined) product.description = textOrNull(sent['description']);
  if (Array.isArray(sent['pictures'])) product.pictures = sent['pictures'].map(String);
  product.currencyCode = textOrNull(sent['currency_code']) ?? product.currencyCode;
  if (sent['unit_type'] !== undefined) product.unitType = textOrNull(sent['unit_type']);
  if (sent['category_id'] !== undefined) product.categoryId = sent['category_id'] === null ? null : Number(sent['category_id']);
  product.updatedAt = account.now();
}

/** A product without variants is its one offer; of one with variants at most the prices go down to them. */
function applyToOffer(account: Account, product: Product, offer: Offer, sent: JsonObject): void {
  const price = (key: string) => (sent[key] == null ? undefined : keptPrice(toDecimal(sent[key] as Numeric), account.switches));
  if (!product.hasOffers || account.switches.fieldsOfVariants === 'all-variants') {
    offer.price = price('price') ?? offer.price;
    offer.purchasedPrice = price('purchased_price') ?? offer.purchasedPrice;
  }
  if (product.hasOffers) return;
  if (sent['sku'] !== undefined) account.catalogue.changeSku(offer, textOrNull(sent['sku']));
  if (sent['barcode'] !== undefined) offer.barcode = textOrNull(sent['barcode']);
  for (const key of dimensionKeys) if (sent[key] != null) offer[key] = toDecimal(sent[key] as Numeric);
}

const mostVariants = 100;

/** POST /products/{id}/offers: no ids come back. */
export function addVariants(request: ApiRequest): ApiAnswer {
  const { account } = request;
  const product = productOf(request);
  const sent = isObject(request.body) ? request.body : {};
  const check = new BodyCheck();
  check.required('offers', sent['offers']);
  const rows = check.rows('offers', sent['offers']);
  checkBatchSize(account, check, { key: 'offers', size: rows.length, most: mostVariants });
  for (const [index, row] of rows.entries()) checkVariant(check, row, `offers.${index}`);
  check.refuseIfBroken();

  if (!product.hasOffers) becomeVariants(account, product);
  for (const row of rows) account.catalogue.addOffer(product.id, sentOffer(account, row));
  product.updatedAt = account.now();
  return { status: 201, body: { status: true } };
}

function checkVariant(check: BodyCheck, row: JsonObject, path: string): void {
  for (const key of ['sku', 'barcode', 'image_url']) check.text(`${path}.${key}`, row[key]);
  for (const key of ['price', 'purchased_price', ...dimensionKeys]) check.amount(`${path}.${key}`, row[key]);
}

function becomeVariants(account: Account, product: Product): void {
  const { firstVariants } = account.switches;
  if (firstVariants === 'refused') throw badRequest('The product has no variants.');
  if (firstVariants === 'archives') for (const offer of account.catalogue.offersOf(product.id)) offer.isArchived = true;
  product.hasOffers = true;
}
