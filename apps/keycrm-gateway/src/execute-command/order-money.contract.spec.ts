import { createKeycrmClient } from '@kds/keycrm-client';
import { everySwitchPosition, type KeycrmSimulator, startKeycrmSimulator, type SwitchChanges } from '@kds/keycrm-simulator';
import { compare, decimal, plus, zero } from '@kds/kernel';
import { priceOrder } from '@kds/sync-domain';
import { toObservedOrder } from './to-observed-order.js';

const onMoney = ['numberForm', 'liveOrderKeys', 'moneyDecimals', 'lineDiscountAmount', 'bothDiscounts', 'orderTotalDiscount', 'percentBase', 'rounding', 'roundingPlace', 'priceSold'];
const positions = everySwitchPosition().filter((position) => Object.keys(position).some((name) => onMoney.includes(name)));
const worst: SwitchChanges = { numberForm: 'strings3', liveOrderKeys: 'absent', lineDiscountAmount: 'per-unit', percentBase: 'before', rounding: 'down', roundingPlace: 'unit', priceSold: 'all-discounts' };

let keycrm: KeycrmSimulator;
beforeAll(async () => {
  keycrm = await startKeycrmSimulator();
});
afterAll(() => keycrm.close());

/** An order with every kind of discount, as it comes out of KeyCRM's own API. */
async function readOrder(name: string, switches: SwitchChanges) {
  const account = keycrm.createAccount({ name, apiKey: name, requestsPerMinute: 1_000, switches });
  account.createSource({ name: 'Сайт', defaultWarehouseId: null });
  const { id } = account.createOrder({
    buyer: { fullName: 'Олена Зразкова', phone: '067 123 45 67' },
    lines: [
      { name: 'Килимок', sku: 'A', price: '33.33', quantity: '3', discountPercent: 7 },
      { name: 'Мотузка', sku: 'B', price: '19.90', quantity: '2.5', discountAmount: '1.25' },
      { name: 'Блок', sku: 'C', price: '250', quantity: 2, discountPercent: 5, discountAmount: '10' },
      { name: 'Подарунок', sku: 'D', price: 0, quantity: 1 },
    ],
    discountPercent: '2.5',
    shippingPrice: '85.50',
    wrapPrice: 25,
    taxes: '13.37',
  });
  const client = createKeycrmClient({ baseUrl: keycrm.baseUrl, apiKey: name });
  const { answer } = await client.readOrder(id, { timeoutMs: 5_000 });
  await client.close();
  if (answer.kind !== 'done') throw new Error(answer.failure.message);
  return toObservedOrder(answer.value);
}

test.each([...positions, worst].map((switches) => [JSON.stringify(switches), switches] as const))('A11: an order read with %s is priced to the kopeck, delivery, wrapping and taxes aside', async (name, switches) => {
  const order = await readOrder(name, switches);
  const priced = priceOrder(order);
  if (!priced.ok) throw new Error(JSON.stringify(priced.error));
  const amounts = priced.value.map(({ amount }) => amount);
  expect(plus(...amounts, decimal('123.87'))).toBe(order.grandTotal);
  expect(amounts.at(-1)).toBe('0');
  expect(amounts.every((amount) => compare(amount, zero) >= 0)).toBe(true);
});
