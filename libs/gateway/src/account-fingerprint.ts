import { createHash } from 'node:crypto';
import type { System } from '@kds/contracts';

const label = 'kds account, version 1';
/** 128 bits: enough that no two accounts meet by chance. */
const digits = 32;

/** Paths of a host that lead to the same as the host alone. */
const sameBehind: Readonly<Record<System, RegExp | string>> = { keycrm: '', dilovod: /\/api$/ };

export interface AccountKey {
  readonly system: System;
  readonly baseUrl: string;
  readonly apiKey: string;
}

/**
 * The name of a vendor's account: equal for equal base URL and key, and telling neither. A key of thirty random
 * characters cannot be tried out, so whoever sees the name learns nothing of it.
 */
export function accountFingerprint({ system, baseUrl, apiKey }: AccountKey): string {
  const base = normaliseBaseUrl(baseUrl).replace(sameBehind[system], '');
  const digest = createHash('sha256').update([label, system, base, apiKey].join('\n')).digest('hex');
  return `${system}-${digest.slice(0, digits)}`;
}

/** What differs in spelling only is the same address: case of the host, the default port, slashes at the end. */
export function normaliseBaseUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null) return text;
  return `${url.protocol}//${url.host.replace(/\.(?=$|:)/, '')}${url.pathname.replace(/\/+$/, '')}`;
}
