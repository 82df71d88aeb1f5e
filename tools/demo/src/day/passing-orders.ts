import { seededRandom } from '@kds/simulator-kit';
import type { Sku } from '../world/assortment.js';
import { passersBy } from '../world/customers.js';
import { addMinutes } from '../clock/clock-time.js';
import type { Story } from './story.js';

const wanted: readonly Sku[] = ['BRYBPB', 'BL-ROLL-45', 'MAT-6', 'ROPE-M', 'STICKER'];
const count = 8;
const everyMinutes = 55;

/** The orders of every day, by chance: who, what, how many, when. */
export function passingOrders(seed: number, opening: string): readonly Story[] {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  return Array.from({ length: count }, (_, index) => {
    const takenAt = addMinutes(opening, 20 + index * everyMinutes + below(30));
    const shippedAt = addMinutes(takenAt, 50 + below(60));
    const buyer = passersBy[below(passersBy.length)] ?? { firstName: '', fullName: '', phone: '' };
    const first = below(wanted.length);
    const lines = Array.from({ length: 1 + below(2) }, (_, line) => ({ sku: wanted[(first + line) % wanted.length], quantity: 1 + below(3), discountPercent: random() < 0.3 ? 7 : null }));
    const shippingPrice = random() < 0.5 ? '85.50' : null;
    return {
      name: `a passer-by at ${takenAt}`,
      async play({ shop, at, tell }) {
        await at(takenAt);
        const order = shop.take({ buyer, lines, shippingPrice, status: 'ordered' });
        tell(`${buyer.firstName} orders ${lines.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(' and ')} (#${order.id})`);
        await at(shippedAt);
        shop.move(order, 'shipped');
        tell(`The courier takes #${order.id}`);
      },
    } satisfies Story;
  });
}
