export { compareWorlds, type Disagreement } from './compare-worlds.js';
export { orderFields, type ShopGood, type ShopOptions, SimulatedShop, statusIds } from './simulated-shop.js';
