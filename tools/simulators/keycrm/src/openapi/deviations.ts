/**
 * Where the description of the API is known to be wrong or silent. Everything else in it is taken at its word.
 * Paths: schema name, then properties, `[]` for the items of a list.
 */

/** The description often forgets that a value may be missing; seen live (or stated in prose) for each of these. */
export const alsoNull: readonly string[] = [
  'PaginatedResponse.next_page_url', // on the last page
  ...each(['Order', 'OrderWithIncludes'], ['promocode', 'closed_at', 'last_synced_at']),
  'OrderWithIncludes.buyer', // an order without a buyer
  'OrderWithIncludes.manager',
  ...each(['OrderWithIncludes.products[]'], ['sku', 'comment', 'product_status_id', 'offer', 'warehouse', 'warehouse.description']),
  ...each(['OrderWithIncludes.products[].offer', 'Offer'], ['sku', 'barcode', 'purchased_price', 'weight', 'length', 'width', 'height']),
  'Offer.thumbnail_url',
  ...each(
    ['Product', 'ProductWithIncludes', 'ProductOffer'],
    ['description', 'thumbnail_url', 'sku', 'min_price', 'max_price', 'weight', 'length', 'width', 'height', 'category_id'],
  ),
  ...each(['ProductWithIncludes'], ['barcode', 'purchased_price', 'price']), // null of a product with variants
  ...each(['OfferStocks'], ['sku', 'purchased_price']),
  'Category.parent_id', // a root
  ...each(['BuyerWithIncludes'], ['company', 'manager']),
];

/** Choices of several give several values, as the prose says. */
export const alsoListOfTexts: readonly string[] = [
  'OrderWithIncludes.custom_fields[].value',
  'ProductWithIncludes.custom_fields[].value',
  'PUT /order/{orderId}.custom_fields[].value',
  'POST /order.custom_fields[].value',
];

/** Bodies that require a key which they do not even have. */
export const requiredByMistake: Readonly<Record<string, string>> = {
  'POST /products/categories': 'full_name', // the key is `name`
  'POST /products/{productId}/offers': 'name', // the key is `offers`
};

/** Only the prose says that a row needs one of these. */
export const oneOfRequired: Readonly<Record<string, readonly string[]>> = {
  'PUT /offers.offers[]': ['id', 'sku'],
  'PUT /offers/stocks.stocks[]': ['id', 'sku'],
};

/** Statuses that any operation may answer with although hardly one lists them; their bodies are not described anywhere. */
export const undescribedStatuses: readonly number[] = [400, 404, 422, 429];

function each(schemas: readonly string[], properties: readonly string[]): readonly string[] {
  return schemas.flatMap((schema) => properties.map((property) => `${schema}.${property}`));
}
