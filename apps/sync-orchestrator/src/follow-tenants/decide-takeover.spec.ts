import type { TenantRecord } from '@kds/tenancy';
import { decideTakeover, type ManifestKept } from './decide-takeover.js';

const valid = (changes: { readonly uid?: string; readonly generation?: number; readonly revision?: string; readonly suspend?: boolean }): TenantRecord => {
  const { suspend = false, ...numbers } = changes;
  return { state: 'valid', tenant: { name: 'one', revision: 'r1', spec: { suspend } as never, ...numbers } };
};
const invalid = (generation: number): TenantRecord => ({ state: 'invalid', name: 'one', file: 'f', problems: [{ path: 'spec', reason: 'no' }], uid: 'u', generation });
const kept = (changes: Partial<ManifestKept> = {}): ManifestKept => ({ uid: 'u', generation: 5, revision: 'r5', state: 'active', problems: null, beforeLook: true, ...changes });

test.each([
  ['a later generation', valid({ uid: 'u', generation: 6 }), kept(), 'take'],
  ['an earlier generation', valid({ uid: 'u', generation: 4 }), kept(), 'older'],
  ['an earlier generation, seen by an instance that has just looked', valid({ uid: 'u', generation: 4 }), kept({ beforeLook: true }), 'older'],
  ['an earlier generation that says the same', valid({ uid: 'u', generation: 4, revision: 'r5' }), kept(), 'same'],
  ['an earlier one that does not suspend', valid({ uid: 'u', generation: 4, revision: 'r5' }), kept({ state: 'suspended' }), 'older'],
  ['what is in force', valid({ uid: 'u', generation: 5, revision: 'r5' }), kept(), 'same'],
  ['a later generation that says the same', valid({ uid: 'u', generation: 7, revision: 'r5' }), kept(), 'renumber'],
  ['a later file that says the same', valid({ generation: 7, revision: 'r5' }), kept({ uid: null }), 'same'],
  ['a broken one, later', invalid(6), kept(), 'take'],
  ['a broken one, earlier', invalid(4), kept(), 'older'],
  ['one that was mended since', valid({ uid: 'u', generation: 4, revision: 'r5' }), kept({ state: 'invalid' }), 'older'],
  ['another object, looked at since', valid({ uid: 'v', generation: 1 }), kept(), 'take'],
  ['another object that says the same, looked at since', valid({ uid: 'v', generation: 1, revision: 'r5' }), kept(), 'take'],
  ['another object, looked at before', valid({ uid: 'v', generation: 9 }), kept({ beforeLook: false }), 'older'],
  ['what is gone, looked at before', valid({ uid: 'u', generation: 5, revision: 'r5' }), kept({ state: 'removed', beforeLook: false }), 'older'],
  ['what was taken for gone, looked at since', valid({ uid: 'u', generation: 5, revision: 'r5' }), kept({ state: 'removed' }), 'take'],
  ['one without a number', valid({}), kept(), 'take'],
  ['what is in force by a ledger that knew no numbers', valid({ uid: 'u', generation: 1, revision: 'r5' }), kept({ uid: null, generation: null }), 'renumber'],
] as const)('E3 F2: %s', (_case, record, before, takeover) => {
  expect(decideTakeover(record, before, false)).toBe(takeover);
});

test('E4: of two versions that read one manifest differently each says so once, and the last one is right', () => {
  const reading = valid({ uid: 'u', generation: 5, revision: 'as the new version reads it' });
  expect(decideTakeover(reading, kept(), false)).toBe('take');
  expect(decideTakeover(reading, kept(), true)).toBe('same');
});
