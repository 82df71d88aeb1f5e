/** Where a tenant's base URLs may point unless the operator says otherwise. */
export const defaultAllowedHosts: readonly string[] = ['openapi.keycrm.app', 'api.dilovod.ua'];

/** This machine's own names, for stacks that talk to servers beside them. */
export const loopbackHosts: readonly string[] = ['localhost', '127.0.0.1', '::1'];

/** Reads the operator's comma list (`api.example.com, *.example.org`); empty entries are dropped. */
export function parseAllowedHosts(list: string): readonly string[] {
  return list
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== '');
}

/** What is wrong with a base URL, or `undefined`. `allowedHosts` holds host names and `*.` wildcards, which match sub-domains only. */
export function baseUrlMistake(text: string, allowedHosts: readonly string[]): string | undefined {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return 'write a whole URL, e.g. https://openapi.keycrm.app/v1';
  if (url.username !== '' || url.password !== '') return 'write the URL without user and password; keys belong in a Secret';
  if (url.search !== '' || url.hash !== '') return 'write the URL without ? and #';
  const host = withoutBrackets(url.hostname);
  if (url.protocol === 'http:' && !isLoopback(host)) return 'write https:// (plain http is for this machine only)';
  if (!allowedHosts.some((entry) => matches(host, entry))) {
    return `the host ${host} is not one that base URLs may point to; write one of: ${allowedHosts.join(', ')}, or let the operator add it to KDS_ALLOWED_HOSTS`;
  }
  return undefined;
}

function matches(host: string, entry: string): boolean {
  const allowed = withoutBrackets(entry.toLowerCase());
  return allowed.startsWith('*.') ? host.endsWith(allowed.slice(1)) && host.length > allowed.length - 1 : host === allowed;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}
