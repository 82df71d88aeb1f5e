import { type StoredObject } from '../base/object-store.js';

/** Which price record holds the price of a good, of one type, on one day. */
export class PriceDays {
  private readonly idByDay = new Map<string, string>();
  private readonly dayById = new Map<string, string>();

  find(price: StoredObject['header']): string | undefined {
    return this.idByDay.get(dayOf(price));
  }

  observeStored(object: StoredObject): void {
    if (object.type !== 'informationRegisters.goodsPrices') return;
    const before = this.dayById.get(object.id);
    if (before !== undefined) this.idByDay.delete(before);
    this.dayById.set(object.id, dayOf(object.header));
    this.idByDay.set(dayOf(object.header), object.id);
  }
}

function dayOf(price: StoredObject['header']): string {
  return [price['good'], price['priceType'], String(price['date']).slice(0, 10)].join(' ');
}
