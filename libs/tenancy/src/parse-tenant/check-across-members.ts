import type { Problem } from '../tenant-record.js';
import { baseUrlMistake } from './allowed-hosts.js';

const stageNames = ['ordered', 'shipped', 'completed', 'cancelled', 'returned'];

/**
 * The rules that look at more than one member. `spec` has its defaults, but its members may still be of any type: those rules are about
 * members that single rules find fault with are quiet, so that all mistakes can be listed at once.
 */
export function checkAcrossMembers(spec: object, allowedHosts: readonly string[]): readonly Problem[] {
  return [
    ...baseUrls(spec, allowedHosts),
    ...pilot(spec),
    ...stages(spec),
    ...warehouses(spec),
    ...repeated(collect(spec, 'catalog.overrides[].keycrm'), 'an exception is one to one: leave one of the two out'),
    ...repeated(collect(spec, 'catalog.overrides[].dilovod'), 'an exception is one to one: leave one of the two out'),
    ...endConsumer(spec),
    ...repeated([...collect(spec, 'orders.writeBack.documentField'), ...collect(spec, 'orders.writeBack.problemField')], 'name another field'),
  ];
}

function baseUrls(spec: object, allowedHosts: readonly string[]): Problem[] {
  return [...collect(spec, 'keycrm.baseUrl'), ...collect(spec, 'dilovod.baseUrl')].flatMap(({ path, value }) => {
    const reason = typeof value === 'string' ? baseUrlMistake(value, allowedHosts) : undefined;
    return reason === undefined ? [] : [{ path, reason }];
  });
}

function pilot(spec: object): Problem[] {
  const wanted = collect(spec, 'mode').some(({ value }) => value === 'pilot');
  const none = collect(spec, 'pilot.skus').some(({ value }) => Array.isArray(value) && value.length === 0);
  return wanted && none ? [{ path: 'spec.pilot.skus', reason: 'required by mode: pilot; write the SKUs it is for, e.g. skus: [BRYBPB]' }] : [];
}

function stages(spec: object): Problem[] {
  const lists = stageNames.flatMap((stage) => collect(spec, `orders.stages.${stage}`));
  if (lists.length > 0 && lists.every(({ value }) => Array.isArray(value) && value.length === 0)) {
    return [{ path: 'spec.orders.stages', reason: 'required: give at least one stage its KeyCRM status ids, e.g. ordered: [12]' }];
  }
  const ids = stageNames.flatMap((stage) => collect(spec, `orders.stages.${stage}[]`));
  return repeated(ids, 'a status means one stage: leave it in one place');
}

function warehouses(spec: object): Problem[] {
  const mapped = collect(spec, 'warehouses[].keycrm');
  const storages = [...collect(spec, 'warehouses[].dilovod'), ...collect(spec, 'warehouses[].alsoCount[]')];
  const [all] = collect(spec, 'warehouses');
  const none = Array.isArray(all?.value) && all.value.length === 0;
  return [
    ...(none ? [{ path: 'spec.warehouses', reason: 'required: map at least one warehouse, e.g. - { keycrm: 1, dilovod: "1100700000000001" }' }] : []),
    ...repeated(mapped, 'a KeyCRM warehouse has one mapping: put further storages into its alsoCount'),
    ...repeated(storages, 'a storage counts once: leave it in one place'),
    ...collect(spec, 'defaultWarehouse')
      .filter(({ value }) => !mapped.some((other) => other.value === value))
      .map(({ path }) => ({ path, reason: 'write the KeyCRM id of a warehouse that spec.warehouses maps, or null' })),
  ];
}

function endConsumer(spec: object): Problem[] {
  const wanted = collect(spec, 'orders.person').some(({ value }) => value === 'endConsumer');
  if (!wanted || collect(spec, 'orders.endConsumer').length > 0) return [];
  return [{ path: 'spec.orders.endConsumer', reason: 'required by person: endConsumer; write the 16-digit Dilovod id of that person in quotes' }];
}

interface Found {
  readonly path: string;
  readonly value: unknown;
}

/** One problem for each value that stands at an earlier place too. */
function repeated(all: readonly Found[], instruction: string): Problem[] {
  const first = new Map<unknown, string>();
  return all.flatMap(({ path, value }) => {
    const earlier = first.get(value);
    if (earlier !== undefined) return [{ path, reason: `the same as ${earlier}; ${instruction}` }];
    first.set(value, path);
    return [];
  });
}

/** The values at a path such as `warehouses[].keycrm`; those that are not there, or null, are left out. */
function collect(spec: object, pattern: string): readonly Found[] {
  return pattern.split('.').reduce<readonly Found[]>((found, step) => found.flatMap((parent) => membersAt(parent, step)), [{ path: 'spec', value: spec }]);
}

function membersAt({ path, value }: Found, step: string): readonly Found[] {
  const name = step.replace('[]', '');
  const member: unknown = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  if (member === undefined || member === null) return [];
  if (!step.endsWith('[]')) return [{ path: `${path}.${name}`, value: member }];
  return Array.isArray(member) ? member.map((element: unknown, index) => ({ path: `${path}.${name}[${index}]`, value: element })) : [];
}
