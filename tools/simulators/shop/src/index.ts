export { compareWorlds, type Disagreement } from './compare-worlds.js';
export { orderFields, type SharedBase, type ShopGood, type ShopOptions } from './simulated-shop.js';
export { SimulatedShop, statusIds } from './simulated-shop.js';
