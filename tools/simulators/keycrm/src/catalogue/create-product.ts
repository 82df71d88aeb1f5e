import type { Account } from '../accounts/account.js';
import { keptPrice, type Numeric, toDecimal, toDecimalOrNull } from '../decimals.js';
import { readCustomFields } from '../dictionaries/custom-field-values.js';
import { BodyCheck, isObject, type JsonObject, textOrNull } from '../http/body-check.js';
import { dimensionKeys, type NewOffer, type Product, type Property } from './catalogue.js';

const mostPictures = 6;

/** Notes what is wrong with a product that was sent; `prefix` begins the paths of its fields. */
export function checkProduct(account: Account, check: BodyCheck, sent: JsonObject, prefix: string): void {
  check.required(`${prefix}name`, sent['name']);
  if (account.switches.productName === 'unique' && account.catalogue.hasProductNamed(String(sent['name']))) {
    check.fail(`${prefix}name`, `The ${prefix}name has already been taken.`);
  }
  checkProductFields(account, check, sent, prefix);
}

export function checkProductFields(account: Account, check: BodyCheck, sent: JsonObject, prefix: string): void {
  for (const key of ['name', 'description', 'currency_code', 'sku', 'barcode', 'unit_type']) check.text(`${prefix}${key}`, sent[key]);
  for (const key of ['price', 'purchased_price', ...dimensionKeys]) check.amount(`${prefix}${key}`, sent[key]);
  check.integer(`${prefix}category_id`, sent['category_id']);
  if (sent['category_id'] != null && !account.catalogue.categories.has(Number(sent['category_id']))) {
    check.fail(`${prefix}category_id`, `The selected ${prefix}category_id is invalid.`);
  }
  if (Array.isArray(sent['pictures']) && sent['pictures'].length > mostPictures) {
    check.fail(`${prefix}pictures`, `The ${prefix}pictures may not have more than ${mostPictures} items.`);
  }
  readCustomFields(account, check, 'crm_product', check.rows(`${prefix}custom_fields`, sent['custom_fields']));
}

/** Adds a checked product with the one offer that every product without variants owns. */
export function addSentProduct(account: Account, sent: JsonObject): Product {
  const customFields = readCustomFields(account, new BodyCheck(), 'crm_product', (sent['custom_fields'] as readonly JsonObject[] | undefined) ?? []);
  return account.catalogue.addProduct(
    {
      name: String(sent['name']),
      description: textOrNull(sent['description']),
      pictures: Array.isArray(sent['pictures']) ? sent['pictures'].map(String) : [],
      currencyCode: textOrNull(sent['currency_code']) ?? account.settings.currencyCode,
      unitType: textOrNull(sent['unit_type']),
      categoryId: sent['category_id'] == null ? null : Number(sent['category_id']),
      hasOffers: false,
      customFields: new Map([...customFields].filter((pair): pair is [string, string] => pair[1] !== null)),
      createdAt: account.now(),
    },
    [sentOffer(account, sent)],
  );
}

/** The offer that a product or variant was sent with. */
export function sentOffer(account: Account, sent: JsonObject): NewOffer {
  const price = (key: string) => keptPrice(toDecimal((sent[key] as Numeric | null | undefined) ?? 0), account.switches);
  const dimension = (key: string) => toDecimalOrNull(sent[key] as Numeric | null | undefined);
  return {
    sku: textOrNull(sent['sku']),
    barcode: textOrNull(sent['barcode']),
    price: price('price'),
    purchasedPrice: price('purchased_price'),
    weight: dimension('weight'),
    length: dimension('length'),
    width: dimension('width'),
    height: dimension('height'),
    imageUrl: textOrNull(sent['image_url']),
    properties: readProperties(sent['properties']) ?? [],
    isArchived: false,
  };
}

/** Pairs without both a name and a value are ignored. */
export function readProperties(value: unknown): readonly Property[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((pair) => (isObject(pair) && pair['name'] && pair['value'] ? [{ name: String(pair['name']), value: String(pair['value']) }] : []));
}
