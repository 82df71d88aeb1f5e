/** One thing that the API's description leaves open. The first position is the default. */
export interface SwitchRow<Positions extends readonly string[] = readonly string[]> {
  readonly positions: Positions;
  /** Where the dossier of the API speaks of it. */
  readonly section: string;
  readonly meaning: string;
}

function row<const Positions extends readonly [string, ...string[]]>(positions: Positions, section: string, meaning: string): SwitchRow<Positions> {
  return { positions, section, meaning };
}

/** Every open question as a switch of an account. A client must be right in every position, so test matrices iterate over this table. */
export const switchTable = {
  // the form of answers
  numberForm: row(['plain', 'strings2', 'strings3'], '1.6', 'Money and quantities as JSON numbers, or as texts with two or three decimals.'),
  dateForm: row(['mixed', 'plain', 'micros'], '1.5', 'Most dates with microseconds and Z but a few plain; or every date plain; or every date with microseconds and Z.'),
  liveOrderKeys: row(['present', 'absent'], '3.3', 'Order keys that were seen live but are not described.'),
  orderWarehouse: row(['absent', 'null', 'id', 'object'], '11.13', 'What stands under the warehouse of an order itself, when live keys are there.'),
  orderWithoutBuyer: row(['null', 'absent'], '3.4', 'How an order without a buyer says so.'),
  unsetMoney: row(['zero', 'null'], '1.6', 'Delivery, wrapping and taxes that an order was never given.'),
  linePicture: row(['text', 'object'], '3.4', 'A line’s picture as an address, or as an object with a thumbnail.'),
  lineId: row(['shown', 'hidden'], '3.4', 'Whether a read order line carries its id.'),
  lineWithoutWarehouse: row(['absent', 'null'], '3.4', 'How a line without a warehouse says so.'),
  lineStockStatus: row(['shown', 'absent'], '3.4', 'Whether a line tells its state of reserve and write-off.'),
  errorsWithoutAccept: row(['json', 'html', 'redirect'], '1.1', 'Form of an error when the request does not accept JSON explicitly.'),
  wrongKeyForm: row(['json', 'html'], '1.7', 'Body of the 401 for a key that was replaced.'),
  createdMoneyId: row(['shown', 'hidden'], '13', 'Whether the 201 of a payment or expense carries its id.'),
  offerArchiveFlag: row(['absent', 'present'], '13', 'Whether a row of /offers tells if it is archived.'),
  keysAboveVariants: row(['absent', 'null'], '13', 'SKU, barcode and price of a product that has variants.'),
  selectFieldValue: row(['list', 'text'], '13', 'A single choice of a select field as a list of one, or as text.'),
  pageKeys: row(['usual', 'more'], '1.3', 'Whether a page also has prev_page_url, from, to and path.'),

  // the key and the request limit
  replacedKey: row(['refused', 'accepted'], '11.18', 'What becomes of an API key when another is generated.'),
  rateScope: row(
    ['key', 'address', 'pair'],
    '13',
    'What has a budget of requests: a key; a caller’s address, over all accounts of this position; a key at one.',
  ),
  rateWindow: row(['sliding', 'fixed'], '9.2', 'Requests are counted over the last minute, or per minute since the first one.'),
  retryAfter: row(['present', 'absent', 'zero'], '1.2', 'The Retry-After header of a 429.'),
  throttleBody: row(['json', 'html'], '1.2', 'Body of a 429.'),
  rateLimitHeaders: row(['absent', 'present'], '1.2', 'X-RateLimit-Limit and X-RateLimit-Remaining on answers.'),

  // reading
  nestedFilter: row(['refused', 'ignored'], '13', 'An unknown filter with a key inside: filter[created_at][from].'),
  skuMatching: row(
    ['exact', 'folds-case-and-blanks'],
    '11.2',
    'Whether filters and rows of bulk writes take SKUs that differ only in case or outer blanks for one.',
  ),
  rangeBounds: row(['inclusive', 'exclusive'], '1.4', 'Whether both bounds of a date range belong to it.'),
  dateOnlyEnd: row(['midnight', 'end-of-day'], '1.4', 'What a range end without a time means.'),
  archivedByDefault: row(['listed', 'omitted'], '11.16', 'Whether lists without an archive filter show archived goods.'),
  zeroWarehouseRows: row(['listed', 'omitted'], '5.2', 'Whether a warehouse that holds nothing appears among the stock details.'),
  stockDetails: row(['on', 'off'], '5.2', 'Whether stock is split by warehouse on request.'),
  freshOrdersInUpdatedBetween: row(['found', 'missed'], '3.7', 'Whether orders never changed since creation match a range of updated_at.'),

  // what moves updated_at
  updatedAtMovesOnStatusChange: row(['moves', 'stays'], '3.7', 'A status change and updated_at.'),
  updatedAtMovesOnPayment: row(['moves', 'stays'], '11.11', 'A payment or expense and updated_at.'),
  updatedAtMovesOnLines: row(['moves', 'stays'], '11.11', 'An edited, added or removed line and updated_at.'),
  updatedAtMovesOnCustomFields: row(['moves', 'stays'], '11.11', 'A custom field value and updated_at.'),
  updatedAtMovesOnBuyer: row(['moves', 'stays'], '11.11', 'A changed buyer and updated_at.'),
  updatedAtMovesOnFields: row(['moves', 'stays'], '11.11', 'Comments, discounts, extras, delivery and tags of an order and updated_at.'),

  // bulk writes
  bulkApply: row(['now', 'delayed'], '11.3', 'A 202 means done, or queued for the account’s bulkDelayMs.'),
  stockUnknownSku: row(['reject-batch', 'skip-row', 'reject-row'], '5.3', 'An unknown SKU or id in PUT /offers/stocks refuses the batch, or is passed over, or named by a 422 after the other rows took effect.'),
  offerUnknownSku: row(['reject-batch', 'skip-row', 'reject-row'], '4.3', 'The same for PUT /offers.'),
  bulkErrors: row(['rows', 'list', 'none'], '11.2', 'The 422 of a bulk write names the fields of its bad rows, or their list alone, or nothing but a message.'),
  emptySku: row(['reject-batch', 'skip-row', 'matches'], '11.2', 'A row of a bulk write with an empty SKU refuses the batch, is passed over, or changes offers whose SKU is empty.'),
  repeatedSku: row(['all', 'first', 'reject'], '4.3', 'A row whose SKU belongs to several offers changes all of them, the first, or refuses the batch.'),
  repeatedRow: row(['last', 'first', 'reject'], '11.2', 'Which of several rows for the same offer in one batch wins.'),
  stockRowById: row(['accepted', 'offer-id', 'rejected'], '5.3', 'A stock row may name its offer by `id`; only by `offer_id`; or only by SKU.'),
  unknownWarehouse: row(['reject', 'ignore'], '11.4', 'PUT /offers/stocks to a warehouse that does not exist.'),
  inactiveWarehouse: row(['accept', 'reject', 'ignore'], '11.4', 'PUT /offers/stocks to a warehouse that is switched off.'),
  stockWriteSets: row(['physical', 'available'], '11.6', 'A written quantity is the balance with the reserve in it, or what is left beside the reserve.'),
  negativeStock: row(['accepted', 'rejected', 'clamped'], '11.4', 'A negative quantity is kept, refuses the batch, or becomes zero.'),
  belowReserve: row(['accepted', 'rejected'], '11.4', 'A quantity below the reserve.'),
  quantityDecimals: row(['three', 'two', 'whole'], '1.6', 'Decimals kept of a quantity.'),
  moneyDecimals: row(['two', 'four'], '1.6', 'Decimals kept of a price.'),
  nullPrice: row(['ignored', 'clears', 'rejected'], '4.3', 'A price of null leaves the old one, clears it, or refuses the batch.'),
  zeroPurchasedPrice: row(['kept', 'clears'], '11.7', 'A purchase price of 0 is kept as 0, or clears the field.'),
  equalQuantity: row(['no-movement', 'movement'], '11.5', 'Whether setting a balance to what it is makes a movement (and a stock webhook).'),
  stockWriteWhenUnmanaged: row(['ignored', 'applied', 'rejected'], '11.4', 'PUT /offers/stocks while stock management is off.'),
  importAtomicity: row(['whole-batch', 'valid-rows'], '11.17', 'What a bad row does to the rest of an import of orders, products or buyers.'),
  fieldsOfVariants: row(['ignored', 'all-variants', 'rejected'], '4.5', 'SKU, barcode and prices in PUT /products/{id} of a product with variants: prices may reach all of them.'),
  firstVariants: row(['beside', 'archives', 'refused'], '4.5', 'Variants for a product that had none stand beside its own offer, archive it, or are refused with 400.'),
  productName: row(['unique', 'free'], '4.5', 'Whether a second product of the same name is refused.'),

  // totals of an order
  lineDiscountAmount: row(['per-line', 'per-unit'], '3.5', 'What a line’s discount_amount is taken off.'),
  bothDiscounts: row(['sum', 'percent-wins', 'amount-wins'], '3.5', 'Percent and amount given together.'),
  orderTotalDiscount: row(['includes-line-discounts', 'order-only'], '3.5', 'What the order’s total_discount adds up.'),
  percentBase: row(['after', 'before'], '3.5', 'An order’s percent is taken after or before line discounts.'),
  rounding: row(['half-up', 'half-even', 'down'], '3.5', 'How money is rounded.'),
  roundingPlace: row(['line', 'unit'], '3.5', 'A line’s discount is rounded once per line or once per unit.'),
  priceSold: row(['line-discount', 'all-discounts'], '10', 'Whether price_sold contains the line’s share of the order discount.'),

  // the life of an order
  expensesOnCancel: row(['kept', 'canceled'], '3.7', 'What becomes of the expenses of a cancelled order.'),

  // writing orders
  secondTrackingCode: row(['422', '400'], '3.6', 'Answer to a tracking code for an order that has one.'),
  closedOrderEdit: row(['accepted', 'rejected', 'rejected-400'], '11.15', 'PUT of an order in a closing status: taken, or refused with 422 or 400.'),
  unknownLine: row(['ignored', 'rejected'], '3.6', 'PUT of an order with a line that it does not have.'),
  unknownCustomField: row(['ignored', 'rejected'], '6', 'A value for a custom field that does not exist.'),
  sourceUuid: row(['free', 'unique'], '11.10', 'Whether source_uuid may repeat.'),
  buyerLists: row(['replaced', 'merged'], '6', 'What PUT /buyer/{id} does to the phones and e-mails that were there.'),
  buyerMatch: row(['phone-or-email', 'phone', 'none'], '11.10', 'How a new order finds an existing buyer.'),
  lineRepeatedSku: row(['first', 'last', 'none'], '11.10', 'Which offer a new line takes when its SKU belongs to several.'),
  lineBindsBy: row(['sku', 'sku-or-offer-id'], '3.6', 'Whether the undescribed offer_id of a new line is obeyed.'),
  defaultWarehouse: row(['set', 'none'], '9.6', 'Whether a new line takes the default warehouse of its source.'),

  // stock and statuses
  stockManagement: row(['on', 'off'], '5.1', 'Off: no reserve, no write-off, no split by warehouse, no warehouse on lines, no stock webhook.'),
  ordersWriteOff: row(
    ['writes-off', 'never'],
    '13',
    'Never: stock is managed and written by hand or API, but no status of an order reserves or writes off any.',
  ),
  apiStatusMovesStock: row(['moves', 'stays'], '11.14', 'Whether a status set through the API reserves and writes off.'),
  shortage: row(['allowed', 'blocks-status', 'skips-line'], '11.14', 'Too little stock to reserve or write off.'),
  skippedStockStatus: row(['ignored', 'caught-up'], '5.1', 'Moving past the reserve or write-off status without entering it.'),
  backFromReserve: row(['released', 'kept'], '5.1', 'Moving to a status before the reserve status.'),
  backFromWriteOff: row(['gives-back', 'stays'], '5.1', 'Moving from written off to an earlier status.'),
  deletedOrderStock: row(['given-back', 'kept'], '3.7', 'What an order held when it is deleted.'),
  receiptSetsPurchasePrice: row(['no', 'yes'], '11.7', 'Whether receiving stock overwrites the purchase price.'),

  // webhooks
  webhookCopies: row(['one', 'duplicate'], '7', 'How often each event is delivered.'),
  webhookDelay: row(['none', 'delayed'], '7', 'Delivery at once or after the account’s webhookDelayMs.'),
  webhookOrder: row(['kept', 'shuffled'], '7', 'Shuffled: each delivery waits a random share of webhookDelayMs.'),
  webhookLoss: row(['none', 'half', 'all'], '7', 'Share of deliveries that are never sent.'),
  webhookRetry: row(['none', 'once'], '7', 'Whether a delivery that was not answered 2xx is sent again.'),
  webhookOnCreate: row(['none', 'sent'], '7', 'Whether a new order is announced as a status change.'),
  webhookOnPayment: row(['none', 'sent'], '7', 'Whether a changed payment status is announced.'),
} as const;

export type SwitchName = keyof typeof switchTable;
export type Switches = { readonly [Name in SwitchName]: (typeof switchTable)[Name]['positions'][number] };
export type SwitchChanges = Partial<Switches>;

export const switchNames = Object.keys(switchTable) as readonly SwitchName[];

export const defaultSwitches = Object.fromEntries(switchNames.map((name) => [name, switchTable[name].positions[0]])) as Switches;

/** `base` with some switches moved. Throws a `RangeError` that lists what is possible for an unknown switch or position. */
export function withSwitches(base: Switches, changes: SwitchChanges): Switches {
  for (const [name, position] of Object.entries(changes)) {
    const known: SwitchRow | undefined = Object.hasOwn(switchTable, name) ? switchTable[name as SwitchName] : undefined;
    if (!known) throw new RangeError(`no switch ${name}; there are ${switchNames.join(', ')}`);
    if (!known.positions.includes(position)) throw new RangeError(`switch ${name} has no position ${position}; it has ${known.positions.join(', ')}`);
  }
  return { ...base, ...changes };
}

/** Every position of every switch, the defaults included, one at a time. */
export function everySwitchPosition(): readonly SwitchChanges[] {
  return switchNames.flatMap((name) => switchTable[name].positions.map((position): SwitchChanges => ({ [name]: position })));
}
