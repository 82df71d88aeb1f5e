import { deliveryServices } from '../dictionaries/fresh-account.js';
import type { JsonObject } from '../http/body-check.js';

const keys = [
  'delivery_service_id', 'tracking_code', 'shipping_address_city', 'shipping_address_country', 'shipping_address_region', 'shipping_address_zip',
  'shipping_secondary_line', 'shipping_receive_point', 'recipient_full_name', 'recipient_phone',
];

/** The delivery of a write, spelt as reads give it back: only filled keys, the planned date under the name of the actual one. */
export function readShipping(sent: JsonObject): Record<string, string | number> {
  const shipping: Record<string, string | number> = {};
  for (const key of keys) {
    const value = sent[key];
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') shipping[key] = value;
  }
  const named = deliveryServices.find(({ name }) => name === sent['shipping_service']);
  if (named) shipping['delivery_service_id'] ??= named.id;
  if (typeof sent['shipping_date'] === 'string') shipping['shipping_date_actual'] = `${sent['shipping_date'].slice(0, 10)}T00:00:00.000000Z`;
  return shipping;
}
