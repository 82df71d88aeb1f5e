import type { ShopGood } from '@kds/simulated-shop';

/** What «Йога-крамниця» sells; stock in the main and in the second warehouse. Rope is sold by the metre. */
export const assortment = [
  { sku: 'BRYBPB', name: 'BLACKROLL Yoga Belt', price: '890', cost: '512.40', stock: [44, 10] },
  { sku: 'BL-ROLL-45', name: 'BLACKROLL 45', price: '1499.99', cost: '800', stock: [45, 12] },
  { sku: 'MAT-6', name: 'Килимок для йоги 6 мм', price: '1333.33', cost: '610.10', stock: [60, 20] },
  { sku: 'BLOCK-CORK', name: 'Блок для йоги, корок', price: '455', cost: '190', stock: [40, 0] },
  { sku: 'ROPE-M', name: 'Мотузка бавовняна, метр', price: '38.50', cost: '14.20', stock: [120.5, 0] },
  { sku: 'BOLSTER', name: 'Болстер з гречаним лушпинням', price: '1250', cost: '640', stock: [5, 4] },
  { sku: 'SINGING-BOWL', name: 'Співоча чаша', price: '2100', cost: '1180', stock: [2, 0] },
  { sku: 'STICKER', name: 'Наліпка «Намасте»', price: '15', cost: '3', stock: [200, 0] },
] as const satisfies readonly ShopGood[];

/** On sale in KeyCRM before anybody told the book-keeper: Dilovod does not have it when the day begins. */
export const latecomer = { sku: 'WHEEL-32', name: 'Колесо для йоги 32 см', price: '980', cost: '450' } as const;

export type Sku = (typeof assortment)[number]['sku'] | typeof latecomer.sku;
