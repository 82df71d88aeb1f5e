import { Base } from '../base/base.js';
import { fillPredefined } from '../base/predefined.js';
import { defaultSwitches, parseSwitches, type Switches } from '../switches.js';

/** What a new base is like. A key given as bare text is named `key-1`, `key-2`, …. */
export interface BaseSettings {
  readonly name: string;
  readonly apiKeys: readonly (string | { readonly name: string; readonly key: string })[];
  readonly switches?: Partial<Switches>;
  /** Seed of chance: faults with a probability, random row order. */
  readonly seed?: number;
  readonly latencyMs?: number;
  /** Milliseconds that the base's clock is ahead. */
  readonly clockOffsetMs?: number;
  /** Where the base lives, as an IANA name; Europe/Kyiv when absent. */
  readonly zone?: string;
}

/** Makes a base with its keys and predefined objects. Throws on a setting that makes no sense, and on a key of another base. */
export function createBase(settings: BaseSettings, others: readonly Base[]): Base {
  if (typeof settings.name !== 'string' || settings.name === '') throw new Error('A base needs a name');
  const base = new Base(settings.name, { ...defaultSwitches, ...parseSwitches(settings.switches ?? {}) }, settings.seed);
  (settings.apiKeys ?? []).forEach((apiKey, index) => {
    const { name, key } = typeof apiKey === 'string' ? { name: `key-${index + 1}`, key: apiKey } : apiKey;
    if (others.some((other) => other.keys.find(key))) throw new Error(`Key ${name} opens another base already`);
    base.keys.add(name, key);
  });
  base.latencyMs = settings.latencyMs ?? 0;
  base.clock.offsetMs = settings.clockOffsetMs ?? 0;
  if (settings.zone !== undefined) base.clock.moveTo(settings.zone);
  fillPredefined(base);
  return base;
}
