/** Statuses of a fresh account: id, alias, group. Until an owner renames one, its alias is its name. */
export const defaultStatuses: readonly (readonly [id: number, alias: string, groupId: number])[] = [
  [1, 'new', 1],
  [2, 'presence_confirmed', 2],
  [3, 'waiting_for_email_response', 2],
  [4, 'waiting_for_prepayment', 2],
  [5, 'transferred_to_production', 3],
  [6, 'manufacturing', 3],
  [7, 'manufactured', 3],
  [8, 'delivered_to_delivery', 4],
  [9, 'delivered', 4],
  [10, 'departing', 4],
  [11, 'in_transit', 4],
  [12, 'completed', 5],
  [13, 'incorrect_data', 6],
  [14, 'underbid', 6],
  [15, 'not_available', 6],
  [16, 'bought_elsewhere', 6],
  [17, 'delivery_did_not_arrange', 6],
  [18, 'did_not_arrange_price', 6],
  [19, 'canceled', 6],
];

export const paymentMethods = [
  { id: 1, name: 'Готівка', alias: 'cash', is_active: true },
  { id: 2, name: 'Картка', alias: 'card', is_active: true },
  { id: 3, name: 'Банківський переказ', alias: 'bank_transfer', is_active: true },
  { id: 4, name: 'PayPal', alias: 'paypal', is_active: true },
  { id: 5, name: 'Інше', alias: 'other', is_active: true },
] as const;

/** The method that a payment falls to when both the id and the name of a method are sent. */
export const otherPaymentMethodId = 5;

export const expenseTypes = [
  { id: 1, name: 'Доставка', alias: 'delivery', is_active: true, is_reserved: true, by_order: true },
  { id: 2, name: 'Пакування', alias: 'package', is_active: true, is_reserved: true, by_order: true },
  { id: 3, name: 'Комісія за оплату', alias: 'payment_fee', is_active: true, is_reserved: true, by_order: true },
] as const;

export const deliveryServices = [
  { id: 1, name: 'Нова Пошта', source_name: 'novaposhta', alias: 'nova_poshta' },
  { id: 2, name: 'Укрпошта', source_name: 'ukrposhta', alias: 'ukrposhta' },
] as const;

export const lineStatuses = [
  { id: 1, name: 'new', alias: 'new', position: 1, is_active: true, is_reserved: true },
  { id: 2, name: 'ordered', alias: 'ordered', position: 2, is_active: true, is_reserved: true },
] as const;
