import { type BaseControl, type DilovodSimulator, predefined } from '@kds/dilovod-simulator';
import type { ShopOptions } from './simulated-shop.js';

/** A shop's side of a base: its firm, its key, its storages and its order states. */
export interface ShopBase {
  readonly dilovod: BaseControl;
  readonly firm: string;
  readonly dilovodKey: string;
  readonly storages: readonly [main: string, second: string];
  readonly states: Readonly<Record<'ordered' | 'shipped' | 'completed' | 'cancelled', string>>;
}

/** A base of the shop's own, or a part in that of another shop. */
export function openBase(simulator: DilovodSimulator, options: ShopOptions): ShopBase {
  const { name, beside } = options;
  const dilovodKey = `${name}-dilovod-key`;
  if (!beside) return newBase(simulator, options, dilovodKey);
  const { dilovod, storages, states, ...other } = beside.shop;
  if (beside.key === 'own') dilovod.addKey({ name, key: dilovodKey });
  const firm = beside.firm === 'own' ? dilovod.createFirm({ name }) : other.firm;
  return { dilovod, storages, states, firm, dilovodKey: beside.key === 'own' ? dilovodKey : other.dilovodKey };
}

function newBase(simulator: DilovodSimulator, options: ShopOptions, dilovodKey: string): ShopBase {
  const { name, latencyMs, switches, seed = 1 } = options;
  const settings = { name, apiKeys: [dilovodKey], latencyMs: latencyMs?.dilovod ?? 0, seed: seed + 1 };
  const dilovod = simulator.createBase({ ...settings, switches: switches?.dilovod });
  const storages = [predefined.mainStorage, dilovod.createStorage({ name: 'Другий склад' })] as const;
  const ordered = dilovod.createState({ name: 'Відвантаження по замовленню' });
  const { stateSent: shipped, stateDone: completed, stateCancelled: cancelled } = predefined;
  return { dilovod, firm: predefined.firm, dilovodKey, storages, states: { ordered, shipped, completed, cancelled } };
}
