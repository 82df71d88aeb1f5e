import { nameOf, type TenantRecord } from '../tenant-record.js';
import type { Secret } from '../secret.js';
import type { SecretRef } from '../tenant-spec.js';
import type { TenantsSeen } from '../tenant-change.js';
import type { Manifests } from './read-manifests.js';
import type { SecretManifest } from './secret-manifest.js';

/**
 * What the files say together. A tenant or a Secret that stands in two places has no meaning: the tenants become invalid, the Secrets are not
 * used. A tenant that stood `before` in a file that can now not be read, and is found nowhere else, is invalid, not gone.
 */
export function combineManifests(files: ReadonlyMap<string, Manifests>, before: readonly TenantRecord[]): TenantsSeen {
  const records = [...files.values()].flatMap((manifests) => manifests.tenants);
  const unique = [...withoutDoubles(records), ...doubledSecrets(files)];
  return { tenants: [...unique, ...hidden(files, before, unique)], secret: secretsOf(files) };
}

function withoutDoubles(records: readonly TenantRecord[]): readonly TenantRecord[] {
  const byName = Map.groupBy(records, nameOf);
  return records.map((record) => {
    const name = nameOf(record);
    const others = (byName.get(name) ?? []).filter((other) => other !== record);
    if (name === undefined || others.length === 0) return record;
    const places = [...new Set(others.map(({ file }) => (file === record.file ? 'this file again' : file)))].join(', ');
    const double = { path: 'metadata.name', reason: `the tenant ${name} also stands in ${places}; keep one of them` };
    const problems = record.state === 'invalid' ? record.problems : [];
    return { state: 'invalid', name, file: record.file ?? '', problems: [...problems, double] };
  });
}

function hidden(files: ReadonlyMap<string, Manifests>, before: readonly TenantRecord[], found: readonly TenantRecord[]): readonly TenantRecord[] {
  const names = new Set(found.map(nameOf));
  return before.flatMap((record): TenantRecord[] => {
    const name = nameOf(record);
    const manifests = files.get(record.file ?? '');
    if (name === undefined || names.has(name) || manifests === undefined || manifests.readable) return [];
    names.add(name);
    const problems = manifests.tenants.flatMap((other) => (other.state === 'invalid' ? other.problems.filter(({ path }) => path === '') : []));
    return [{ state: 'invalid', name, file: record.file ?? '', problems }];
  });
}

function doubledSecrets(files: ReadonlyMap<string, Manifests>): readonly TenantRecord[] {
  return [...secretPlaces(files)].flatMap(([name, places]): TenantRecord[] => {
    const [first, ...others] = places;
    if (first === undefined || others.length === 0) return [];
    const where = others.map(({ file }) => (file === first.file ? 'this file again' : file)).join(', ');
    const reason = `the Secret ${name} also stands in ${where}, so none of them is used; keep one of them`;
    return [{ state: 'invalid', name: undefined, file: first.file, problems: [{ path: 'metadata.name', reason }] }];
  });
}

function secretsOf(files: ReadonlyMap<string, Manifests>): (ref: SecretRef) => Secret | undefined {
  const places = secretPlaces(files);
  return ({ name, key }) => {
    const found = places.get(name) ?? [];
    return found.length === 1 ? found[0]?.secret.values.get(key) : undefined;
  };
}

function secretPlaces(files: ReadonlyMap<string, Manifests>): ReadonlyMap<string, readonly { readonly file: string; readonly secret: SecretManifest }[]> {
  const all = [...files].flatMap(([file, { secrets }]) => secrets.map((secret) => ({ file, secret })));
  return Map.groupBy(all, ({ secret }) => secret.name);
}
