import { failure, ok, type Result } from '@kds/kernel';
import { Secret } from '../secret.js';
import type { Problem } from '../tenant-record.js';

/** A Kubernetes Secret as far as it matters here: its values by key. */
export interface SecretManifest {
  readonly name: string;
  readonly values: ReadonlyMap<string, Secret>;
}

type Mapping = Readonly<Record<string, unknown>>;

/**
 * Reads a Secret with `stringData`, base64 `data`, or both (`stringData` wins, as in Kubernetes). Line breaks at a value's end are dropped:
 * no key has them, and whoever encodes with `echo key | base64` gets one. Problems never hold a value.
 */
export function parseSecret(manifest: Mapping): Result<SecretManifest, readonly Problem[]> {
  const name = isMapping(manifest.metadata) ? manifest.metadata.name : undefined;
  if (typeof name !== 'string' || name === '') return failure([{ path: 'metadata.name', reason: 'a Secret needs a name' }]);
  const values = new Map<string, Secret>();
  const problems = [
    ...readValues(manifest.data, 'data', { into: values, decode: decodeBase64 }),
    ...readValues(manifest.stringData, 'stringData', { into: values, decode: (text) => text }),
  ].map(({ path, reason }) => ({ path, reason: `in Secret ${name}: ${reason}` }));
  return problems.length > 0 ? failure(problems) : ok({ name, values });
}

interface Reading {
  readonly into: Map<string, Secret>;
  readonly decode: (text: string) => string | undefined;
}

function readValues(section: unknown, path: string, { into, decode }: Reading): Problem[] {
  if (section === undefined || section === null) return [];
  if (!isMapping(section)) return [{ path, reason: 'write a mapping (key: "value")' }];
  return Object.entries(section).flatMap(([key, written]) => {
    if (typeof written !== 'string') return [{ path: `${path}.${key}`, reason: 'write the value as a text in quotes' }];
    const value = decode(written);
    if (value === undefined) return [{ path: `${path}.${key}`, reason: 'write the value in base64, or move it to stringData' }];
    into.set(key, new Secret(value.replace(/[\r\n]+$/, '')));
    return [];
  });
}

function decodeBase64(text: string): string | undefined {
  const compact = text.replace(/\s+/g, '');
  return compact.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(compact) ? Buffer.from(compact, 'base64').toString('utf8') : undefined;
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
