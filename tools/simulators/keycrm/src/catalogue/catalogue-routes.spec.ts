import { openSampleShop, type SampleShop } from '../sample-shop.js';
import type { SwitchChanges } from '../switches.js';

let shop: SampleShop;
beforeEach(async () => {
  shop = await openSampleShop();
});
afterEach(() => shop.simulator.close());

const at = (changes: SwitchChanges) => shop.control.setSwitches(changes);
const putOffers = (offers: unknown) => shop.call('PUT', '/offers', { offers });
const offer = (sku: string) => shop.control.state().offers.find((one) => one.sku === sku);

describe('GET /offers and /products', () => {
  test('offers are found by id, product or SKU, several of them by one', async () => {
    const found = async (query: string) => (await shop.call('GET', `/offers?${query}`)).body.data.map((one: { sku: string }) => one.sku);
    expect(await found('filter[sku]=MUG,SHIRT-R')).toEqual(['MUG', 'SHIRT-R']);
    expect(await found('filter[sku]=TWIN')).toEqual(['TWIN', 'TWIN']);
    expect(await found('filter[product_id]=2&sort=-id')).toEqual(['SHIRT-B', 'SHIRT-R']);
    expect(await found(`filter[id]=${offer('MUG')?.id}`)).toEqual(['MUG']);
    expect(await found('sort=-product_id&limit=1')).toEqual([null]);
  });

  test('only a product without variants has a SKU of its own', async () => {
    const [mug, shirt] = (await shop.call('GET', '/products')).body.data;
    expect(mug).toMatchObject({ has_offers: false, sku: 'MUG', barcode: '4820000000017', quantity: 15 });
    expect(shirt).toMatchObject({ has_offers: true, min_price: 500, max_price: 520 });
    expect(shirt).not.toHaveProperty('sku');
    const { product } = (await shop.call('GET', '/offers?include=product&filter[sku]=SHIRT-R')).body.data[0];
    expect(product.properties_agg).toEqual({ Colour: ['red', 'blue'] });
  });

  test.each<[SwitchChanges, Record<string, unknown>]>([
    [{ keysAboveVariants: 'absent' }, {}],
    [{ keysAboveVariants: 'null' }, { sku: null, barcode: null, price: null }],
  ])('K6: a product with variants %j', async (changes, own) => {
    at(changes);
    const keys = ['sku', 'barcode', 'price', 'purchased_price'];
    const keysOf = (body: object) => Object.fromEntries(Object.entries(body).filter(([key]) => keys.includes(key)));
    const [mug, shirt] = (await shop.call('GET', '/products')).body.data;
    expect(keysOf((await shop.call('GET', '/products/2')).body)).toEqual(own);
    expect([keysOf(shirt), Object.keys(keysOf(mug))]).toEqual([own, keys]);
  });

  test.each<[SwitchChanges, unknown]>([
    [{ offerArchiveFlag: 'absent' }, undefined],
    [{ offerArchiveFlag: 'present' }, true],
  ])('K5: an archived offer tells that it is %j', async (changes, flag) => {
    at(changes);
    shop.control.archiveOffer({ sku: 'MUG' });
    expect((await shop.call('GET', '/offers?filter[sku]=MUG')).body.data[0].is_archived).toBe(flag);
    expect((await shop.call('GET', '/offers?filter[sku]=TWIN')).body.data[0].is_archived).toBe(flag && false);
  });

  test.each<[SwitchChanges, number]>([
    [{ skuMatching: 'exact' }, 1],
    [{ skuMatching: 'folds-case-and-blanks' }, 3],
  ])('SKUs that differ in case and outer blanks only %j', async (changes, found) => {
    shop.control.createGoods({ goods: [{ name: 'Mug two', sku: 'mug' }, { name: 'Mug three', sku: ' Mug ' }] });
    at(changes);
    const queries = ['/offers?filter[sku]=MUG', '/offers/stocks?filter[offers_sku]=MUG'];
    for (const query of queries) expect((await shop.call('GET', query)).body.total).toBe(found);
  });

  test('a card has a currency of its own, also where an offer shows it', async () => {
    shop.control.createGoods({ goods: [{ name: 'Plate', sku: 'PLATE', price: 7, currencyCode: 'USD' }] });
    const currency = async (sku: string) => {
      const { data } = (await shop.call('GET', `/offers?include=product&filter[sku]=${sku}`)).body;
      return data[0].product.currency_code;
    };
    expect([await currency('PLATE'), await currency('MUG')]).toEqual(['USD', 'UAH']);
    shop.control.changeProduct({ sku: 'MUG', currencyCode: 'EUR', name: 'Cup', unitType: 'кг' });
    const { body } = await shop.call('GET', '/products/1');
    expect(body).toMatchObject({ name: 'Cup', currency_code: 'EUR', unit_type: 'кг' });
    expect((await shop.call('POST', '/products', { name: 'Cup' })).body.errors).toHaveProperty('name');
  });

  test('archived goods are listed by default or not', async () => {
    shop.control.archiveOffer({ sku: 'MUG' });
    const totals = async () => Promise.all(['/offers', '/products', '/offers/stocks'].map(async (path) => (await shop.call('GET', path)).body.total));
    expect(await totals()).toEqual([6, 5, 6]);
    at({ archivedByDefault: 'omitted' });
    expect(await totals()).toEqual([5, 4, 5]);
    expect((await shop.call('GET', '/offers?filter[is_archived]=true')).body.total).toBe(1);
  });
});

describe('PUT /offers', () => {
  test('changes what is sent and leaves the rest', async () => {
    const reply = await putOffers([{ sku: 'MUG', price: 259 }, { id: offer('SHIRT-R')?.id, purchased_price: 148.356 }]);
    expect([reply.status, reply.body]).toEqual([202, { status: true }]);
    expect(offer('MUG')).toMatchObject({ price: '259', purchasedPrice: '140', weight: '420' });
    expect(offer('SHIRT-R')).toMatchObject({ price: '500', purchasedPrice: '148.36' });
    at({ moneyDecimals: 'four' });
    await putOffers([{ sku: 'MUG', price: 1.23456 }]);
    expect(offer('MUG')?.price).toBe('1.2346');
  });

  test.each<[SwitchChanges, unknown, number, string | null]>([
    [{ offerUnknownSku: 'reject-batch' }, [{ sku: 'MUG', purchased_price: 1 }, { sku: 'NO', price: 1 }], 422, '140'],
    [{ offerUnknownSku: 'skip-row' }, [{ sku: 'MUG', purchased_price: 1 }, { sku: 'NO', price: 1 }], 202, '1'],
    [{ offerUnknownSku: 'reject-row' }, [{ sku: 'MUG', purchased_price: 1 }, { sku: 'NO', price: 1 }], 422, '1'],
    [{ nullPrice: 'ignored' }, [{ sku: 'MUG', purchased_price: null }], 202, '140'],
    [{ nullPrice: 'clears' }, [{ sku: 'MUG', purchased_price: null }], 202, null],
    [{ nullPrice: 'rejected' }, [{ sku: 'MUG', purchased_price: null }], 422, '140'],
    [{ zeroPurchasedPrice: 'kept' }, [{ sku: 'MUG', purchased_price: 0 }], 202, '0'],
    [{ zeroPurchasedPrice: 'clears' }, [{ sku: 'MUG', purchased_price: 0 }], 202, null],
    [{}, [{ sku: 'MUG', purchased_price: -1 }], 422, '140'],
    [{}, [{ sku: '', purchased_price: 1 }], 422, '140'],
  ])('%j with %j', async (changes, rows, status, purchasedPrice) => {
    at(changes);
    expect((await putOffers(rows)).status).toBe(status);
    expect(offer('MUG')?.purchasedPrice).toBe(purchasedPrice);
  });

  test.each<[SwitchChanges, number, (string | undefined)[]]>([
    [{ skuMatching: 'exact' }, 422, ['250', '0']],
    [{ skuMatching: 'exact', offerUnknownSku: 'skip-row' }, 202, ['250', '0']],
    [{ skuMatching: 'folds-case-and-blanks', repeatedSku: 'all' }, 202, ['9', '9']],
    [{ skuMatching: 'folds-case-and-blanks', repeatedSku: 'first' }, 202, ['9', '0']],
    [{ skuMatching: 'folds-case-and-blanks', repeatedSku: 'reject' }, 422, ['250', '0']],
  ])('a SKU in another case, of two offers %j', async (changes, status, prices) => {
    shop.control.createGoods({ goods: [{ name: 'Mug two', sku: 'mug ' }] });
    at(changes);
    expect((await putOffers([{ sku: 'Mug', price: 9 }])).status).toBe(status);
    expect([offer('MUG')?.price, offer('mug ')?.price]).toEqual(prices);
  });

  test('a receipt overwrites the purchase price or not', () => {
    const receive = () => shop.control.receiveStock({ warehouseId: 1, rows: [{ sku: 'MUG', quantity: 1, purchasedPrice: 99 }] });
    receive();
    expect(offer('MUG')?.purchasedPrice).toBe('140');
    at({ receiptSetsPurchasePrice: 'yes' });
    receive();
    expect(offer('MUG')).toMatchObject({ purchasedPrice: '99', quantity: '17' });
  });
});

describe('new products', () => {
  test('a product gets its one offer, and its name must be new', async () => {
    const { status, body } = await shop.call('POST', '/products', { name: 'Plate', sku: 'PLATE', price: 10.5, currency_code: 'UAH' });
    expect([status, body]).toMatchObject([201, { name: 'Plate', sku: 'PLATE', price: 10.5, has_offers: false }]);
    expect(offer('PLATE')).toMatchObject({ productId: body.id, price: '10.5' });
    expect((await shop.call('POST', '/products', { name: 'Plate' })).body.errors).toHaveProperty('name');
    at({ productName: 'free' });
    expect((await shop.call('POST', '/products', { name: 'Plate' })).status).toBe(201);
  });

  test('an import is taken whole or row by row', async () => {
    const load = (products: unknown) => shop.call('POST', '/products/import', { products });
    const rows = [{ name: 'Bowl', sku: 'BOWL' }, { sku: 'NAMELESS' }];
    expect((await load(rows)).body.errors).toHaveProperty(['products.1.name']);
    expect(offer('BOWL')).toBeUndefined();
    at({ importAtomicity: 'valid-rows' });
    expect(await load(rows)).toMatchObject({ status: 201, body: { status: true } });
    expect([offer('BOWL')?.sku, offer('NAMELESS')]).toEqual(['BOWL', undefined]);
  });

  test('a name may not come twice in one import either', async () => {
    expect((await shop.call('POST', '/products/import', { products: [{ name: 'Bowl' }, { name: 'Bowl' }] })).body.errors).toHaveProperty(['products.1.name']);
  });

  test('categories form a tree', async () => {
    const root = (await shop.call('POST', '/products/categories', { name: 'Kitchen' })).body;
    const child = (await shop.call('POST', '/products/categories', { name: 'Cups', parent_id: root.id })).body;
    expect(root.parent_id).toBeNull();
    expect((await shop.call('GET', `/products/categories?filter[parent_id]=${root.id}`)).body.data).toEqual([child]);
    expect((await shop.call('POST', '/products/categories', { full_name: 'X' })).status).toBe(422);
  });
});

describe('one product', () => {
  const put = (id: number, body: unknown) => shop.call('PUT', `/products/${id}`, body);

  test('is read, and changed with its one offer; what is not sent stays', async () => {
    expect((await shop.call('GET', '/products/1')).body).toMatchObject({ id: 1, name: 'Mug', sku: 'MUG' });
    expect((await shop.call('GET', '/products/99')).status).toBe(404);
    expect(await put(1, { name: 'Cup', sku: 'CUP', barcode: '1', price: 7.5 })).toMatchObject({ status: 202, body: { name: 'Cup', sku: 'CUP', price: 7.5 } });
    expect(offer('CUP')).toMatchObject({ barcode: '1', price: '7.5', purchasedPrice: '140', weight: '420' });
    expect((await shop.call('POST', '/products', { name: 'Mug' })).status).toBe(201);
    expect((await put(1, { name: 'Shirt' })).body.errors).toHaveProperty('name');
    expect((await put(99, {})).status).toBe(404);
  });

  test.each<[SwitchChanges, number, string | undefined]>([
    [{ fieldsOfVariants: 'ignored' }, 202, '500'],
    [{ fieldsOfVariants: 'all-variants' }, 202, '9'],
    [{ fieldsOfVariants: 'rejected' }, 422, '500'],
  ])('a price for a product with variants %j', async (changes, status, price) => {
    at(changes);
    expect((await put(2, { price: 9, sku: 'X' })).status).toBe(status);
    expect(offer('SHIRT-R')?.price).toBe(price);
  });

  test('takes more variants', async () => {
    const variants = { offers: [{ sku: 'SHIRT-G', price: 540, properties: [{ name: 'Colour', value: 'green' }, { name: 'Torn' }] }] };
    expect(await shop.call('POST', '/products/2/offers', variants)).toMatchObject({ status: 201, body: { status: true } });
    expect(offer('SHIRT-G')).toMatchObject({ productId: 2, price: '540', properties: [{ name: 'Colour', value: 'green' }] });
    expect((await shop.call('POST', '/products/2/offers', { offers: Array.from({ length: 101 }, () => ({})) })).status).toBe(422);
  });

  test.each<[SwitchChanges, number, boolean | undefined]>([
    [{ firstVariants: 'beside' }, 201, false],
    [{ firstVariants: 'archives' }, 201, true],
    [{ firstVariants: 'refused' }, 400, false],
  ])('takes its first variants or not %j', async (changes, status, isArchived) => {
    at(changes);
    expect((await shop.call('POST', '/products/1/offers', { offers: [{ sku: 'MUG-XL' }] })).status).toBe(status);
    expect(offer('MUG')?.isArchived).toBe(isArchived);
    expect((await shop.call('GET', '/products/1')).body.has_offers).toBe(status === 201);
  });
});
