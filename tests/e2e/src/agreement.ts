import { compareWorlds, type SimulatedShop } from '@kds/simulated-shop';
import { until } from '@kds/testing';

/** Waits until a shop's two systems agree in everything; tells what they do not agree in when the time is over. */
export async function agreement(shop: SimulatedShop, { timeoutMs = 30_000, held }: { readonly timeoutMs?: number; readonly held?: readonly number[] } = {}): Promise<void> {
  await until(
    () => {
      const differences = compareWorlds(shop, { held });
      if (differences.length > 0) throw new Error(JSON.stringify(differences.slice(0, 10), null, 1));
      return true;
    },
    // The simulators work in this process, too, and a comparison takes its time.
    { timeoutMs, everyMs: 250, describe: `both systems of ${shop.name} to agree` },
  );
}
