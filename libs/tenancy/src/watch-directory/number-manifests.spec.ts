import type { TenantRecord } from '../tenant-record.js';
import { numberManifests } from './number-manifests.js';

const valid = (revision: string, generation?: number, file = 'a.yaml'): TenantRecord => ({ state: 'valid', tenant: { name: 'a', revision, generation, spec: {} as never }, file });
const broken = (reason: string, file = 'a.yaml'): TenantRecord => ({ state: 'invalid', name: 'a', file, problems: [{ path: '', reason }] });
const number = (records: readonly TenantRecord[], before: readonly TenantRecord[], times: Readonly<Record<string, number>>) =>
  numberManifests(records, { before, changedAt: (file) => times[file] ?? 0 }).map((record) => (record.state === 'valid' ? record.tenant.generation : record.generation));

test.each([
  ['a file is numbered by when it came to stand there, whatever number stands in it', { now: [valid('r1', 7)], before: [], times: { 'a.yaml': 100 } }, [100]],
  ['what says the same keeps its number', { now: [valid('r1')], before: [valid('r1', 100)], times: { 'a.yaml': 200 } }, [100]],
  ['a change is numbered by its file', { now: [valid('r2')], before: [valid('r1', 100)], times: { 'a.yaml': 200 } }, [200]],
  ['a change by an older clock is newer all the same', { now: [valid('r2')], before: [valid('r1', 100)], times: { 'a.yaml': 50 } }, [101]],
  ['a change within the same tick is newer', { now: [valid('r2')], before: [valid('r1', 100)], times: { 'a.yaml': 100 } }, [101]],
  ['one that breaks is a change', { now: [broken('no')], before: [valid('r1', 100)], times: { 'a.yaml': 200 } }, [200]],
  ['a name in two places is as new as the later of them', { now: [broken('twice'), broken('twice', 'b.yaml')], before: [valid('r1', 100)], times: { 'a.yaml': 100, 'b.yaml': 300 } }, [300, 300]],
] as const)('E3: %s', (_case, { now, before, times }, numbers) => {
  expect(number(now, before, times)).toEqual(numbers);
});
