import type { Manifest } from './manifest.js';

/** Groups of kinds that operators bring along, and the package that publishes their types. */
const packages: Readonly<Record<string, string>> = {
  'keda.sh': '@kubernetes-models/keda',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
  'external-secrets.io': '@kubernetes-models/external-secrets',
  'postgresql.cnpg.io': '@kubernetes-models/cloudnative-pg',
};

/** The package with the types of an operator's object; nothing for what the API server itself knows. */
export function operatorOf({ apiVersion }: Manifest): string | undefined {
  return packages[apiVersion.split('/')[0] ?? ''];
}
