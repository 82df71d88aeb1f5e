import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const workspace = resolve(import.meta.dirname, '..', '..', '..', '..');
const besideRepository = join(workspace, '..', 'shared', 'kube', 'kube-api-up.sh');

/** Where a test finds an API server: a cluster that runs, the binaries of controller-runtime's envtest, or a small server beside the repository. */
export type KubePlace =
  | { readonly kind: 'cluster'; readonly kubeconfig: string }
  | { readonly kind: 'envtest'; readonly binaries: string }
  | { readonly kind: 'script'; readonly script: string }
  | { readonly kind: 'none'; readonly reason: string };

export function findKube(env: NodeJS.ProcessEnv = process.env): KubePlace {
  const { KUBECONFIG: kubeconfig = '', KUBEBUILDER_ASSETS: binaries = '' } = env;
  if (kubeconfig !== '') return { kind: 'cluster', kubeconfig };
  if (binaries !== '') return { kind: 'envtest', binaries };
  if (existsSync(besideRepository)) return { kind: 'script', script: besideRepository };
  return { kind: 'none', reason: 'no API server: set KUBECONFIG to a cluster, or KUBEBUILDER_ASSETS to the folder of etcd and kube-apiserver' };
}

/** For `itUnless`: why tests against an API server cannot run on this machine. */
export function kubeMissing(): string | undefined {
  const place = findKube();
  return place.kind === 'none' ? place.reason : undefined;
}

/** For `itUnless`: why the API server under a test cannot be stopped and started. */
export function kubeRestartMissing(): string | undefined {
  return findKube().kind === 'cluster' ? 'the cluster that KUBECONFIG names is not ours to restart' : kubeMissing();
}
