import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { predefined } from '@kds/dilovod-simulator';
import { compareWorlds, SimulatedShop } from '@kds/simulated-shop';
import type { World } from '../open-world.js';
import { matrixGoods, mistakable, playDay, playEvening } from './shop-day.js';
import { type Position, toSwitches } from './switch-positions.js';

/** What the manifests of these shops say beside the usual. */
export const matrixSpec = {
  prices: { every: '10s', retail: { priceType: predefined.priceType }, cost: 'balance' },
};

/** How a shop of these positions ended; `differences` is empty where both systems agree, and `unsettled` is what the product itself still has to do or holds. */
export interface Ending {
  readonly positions: readonly Position[];
  readonly shop: string;
  readonly differences: readonly string[];
  readonly unsettled: readonly string[];
}

export interface RunShops {
  readonly shops: readonly (readonly Position[])[];
  /** Names of the shops begin with it. */
  readonly name: string;
  readonly patienceMs: number;
}

/** Opens a shop for each set of positions, has its day played, and waits until both systems of all of them agree, or the patience is at its end. */
export async function runShops(world: World, { shops: wanted, name, patienceMs }: RunShops): Promise<readonly Ending[]> {
  const shops = wanted.map((positions, index) => ({ positions, shop: openShop(world, { name: `${name}-${index + 1}`, positions, seed: index + 1 }) }));
  const changes = shops.map(({ shop, positions }, index) => changesOf(shop, reserveOf(positions, index)));
  await Promise.all(shops.map(({ shop }, index) => world.writeManifest(shop, changes[index])));
  for (const { shop } of shops) shop.subscribe(world.stack.ready);
  for (const { shop } of shops) playDay(shop);
  const patienceEnds = Date.now() + patienceMs;
  const agree = async () => {
    while (shops.some(({ shop }) => compareWorlds(shop).length > 0) && Date.now() < patienceEnds) await new Promise((resolve) => setTimeout(resolve, 250));
  };
  await agree();
  for (const { shop } of shops) playEvening(shop);
  await agree();
  const endings: Ending[] = [];
  for (const { shop, positions } of shops) endings.push(await endingOf(world, shop, positions));
  await Promise.all(shops.map(({ shop }) => rm(join(world.tenantsDir, `${shop.name}.yaml`))));
  return endings;
}

/** What the manifest of one of these shops says beside what all of them say. */
function changesOf(shop: SimulatedShop, reserve: 'auto' | 'off') {
  const { stock, orders } = shop.spec();
  return { stock: { ...stock, every: '10s' }, orders: { ...orders, every: '10s', reserve } };
}

/** Half of the shops ask for reserves; where a single position is tried, those that it concerns. */
function reserveOf(positions: readonly Position[], index: number): 'auto' | 'off' {
  const asks = positions.length > 1 ? index % 2 === 0 : positions.some(({ name }) => /reserve|^saleOrderCreate/i.test(name));
  return asks ? 'auto' : 'off';
}

interface NewShop {
  readonly name: string;
  readonly positions: readonly Position[];
  readonly seed: number;
}

function openShop({ keycrm, dilovod }: World, { name, positions, seed }: NewShop): SimulatedShop {
  const shop = SimulatedShop.open({ keycrm, dilovod }, { name, goods: matrixGoods, switches: toSwitches(positions), seed });
  shop.keycrm.createGoods({ goods: [mistakable] });
  return shop;
}

async function endingOf({ ledger }: World, shop: SimulatedShop, positions: readonly Position[]): Promise<Ending> {
  const differences = compareWorlds(shop).map(({ about, problem }) => `${about}: ${problem}`);
  const unsettled = await ledger<{ text: string }>(
    `select format('order %s: %s: %s: %s', order_id, decision, reason, message) as text from orders where tenant = $1 and (decision is distinct from 'nothing' or dirty_since is not null)
     union all select format('%s: %s: %s', flow, reason, message) from held_runs where tenant = $1
     union all select format('%s lane: %s', system, open_reason) from lane_states where tenant = $1 and open_reason is not null
     union all select format('%s %s is %s, tries %s: %s', system, kind, state, tries, failure ->> 'message') from commands where tenant = $1 and state in ('pending', 'dispatched')
     union all select format('%s known orders', count(*)) from orders where tenant = $1`,
    [shop.name],
  );
  return { positions, shop: shop.name, differences, unsettled: unsettled.map(({ text }) => text) };
}
