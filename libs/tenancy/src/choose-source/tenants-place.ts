import { failure, ok, type Result } from '@kds/kernel';

/** Where a service finds its tenants. */
export type TenantsPlace =
  | { readonly kind: 'directory'; readonly directory: string }
  /** Without a namespace: the pod's own, or that of the kubeconfig's context. */
  | { readonly kind: 'kubernetes'; readonly namespace?: string };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads `KDS_TENANTS_SOURCE`, `KDS_TENANTS_DIR` and `KDS_NAMESPACE`. With `KDS_TENANTS_SOURCE=kubernetes` the directory does not count, for an image may set
 * it. Fails with every mistake, each beginning with the name of its variable.
 */
export function readTenantsPlace(env: Environment): Result<TenantsPlace, readonly string[]> {
  const [source, directory, namespace] = ['KDS_TENANTS_SOURCE', 'KDS_TENANTS_DIR', 'KDS_NAMESPACE'].map((name) => env[name]?.trim() || undefined);
  const mistakes = [
    ...(namespace === undefined || /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(namespace) ? [] : ['KDS_NAMESPACE: write the name of a namespace, e.g. kds']),
    ...(source === undefined || source === 'directory' || source === 'kubernetes' ? [] : ['KDS_TENANTS_SOURCE: write directory or kubernetes']),
    ...(source === undefined && directory === undefined ? ["KDS_TENANTS_DIR: write the directory of the tenants' manifests, or set KDS_TENANTS_SOURCE=kubernetes"] : []),
    ...(source === 'directory' && directory === undefined ? ["KDS_TENANTS_DIR: write the directory of the tenants' manifests"] : []),
  ];
  if (mistakes.length > 0) return failure(mistakes);
  if (source === 'kubernetes') return ok({ kind: 'kubernetes', ...(namespace === undefined ? {} : { namespace }) });
  return ok({ kind: 'directory', directory: directory as string });
}
