import { createHash } from 'node:crypto';
import type { System } from '@kds/contracts';
import type { SecretRef } from '@kds/tenancy';

const label = 'kds account, version 1';
/** 128 bits: enough that no two accounts meet by chance. */
const digits = 32;

export interface AccountKey {
  readonly system: System;
  readonly baseUrl: string;
  readonly apiKey: string;
}

/**
 * The name of a vendor's account: equal for equal base URL and key, and telling neither. A key of thirty random characters cannot be tried
 * out, so whoever sees the name learns nothing of it.
 */
export function accountFingerprint({ system, baseUrl, apiKey }: AccountKey): string {
  const digest = createHash('sha256').update([label, system, normaliseBaseUrl(baseUrl), apiKey].join('\n')).digest('hex');
  return `${system}-${digest.slice(0, digits)}`;
}

/** What differs in spelling only is the same address: case of the host, the default port, slashes at the end. */
export function normaliseBaseUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null) return text;
  return `${url.protocol}//${url.host.replace(/\.(?=$|:)/, '')}${url.pathname.replace(/\/+$/, '')}`;
}

/** Where a tenant's account is and where its key stands, in one text; two manifests that say the same mean the same. */
export function accountAddress({ baseUrl, apiKeyRef }: { readonly baseUrl: string; readonly apiKeyRef: SecretRef }): string {
  return `${baseUrl} ${apiKeyRef.name}/${apiKeyRef.key}`;
}
