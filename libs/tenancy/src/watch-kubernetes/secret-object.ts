import type { KubeObject } from '@kds/kube';
import { parseSecret } from '../read-manifests/secret-manifest.js';
import type { Secret } from '../secret.js';

/** A Secret as it is kept: its values by key, and of its metadata only the identity, since annotations may quote the values. */
export interface SecretObject extends KubeObject {
  readonly values: ReadonlyMap<string, Secret>;
}

/** A Secret that cannot be read has no values. */
export function toSecretObject(arrived: KubeObject & { readonly data?: unknown }): SecretObject {
  const { name, uid, resourceVersion } = arrived.metadata;
  const parsed = parseSecret({ metadata: { name }, data: arrived.data });
  return { metadata: { name, uid, resourceVersion }, values: parsed.ok ? parsed.value.values : new Map<string, Secret>() };
}
