export { compareWorlds, type Disagreement } from './compare-worlds.js';
export { orderFields, type SharedBase, type ShopGood, type ShopOptions, SimulatedShop, statusIds } from './simulated-shop.js';
