/** Where a tenant's account is and where its key stands, in one text; two manifests that say the same mean the same. */
export function accountAddress({
  baseUrl,
  apiKeyRef,
}: {
  readonly baseUrl: string;
  readonly apiKeyRef: { readonly name: string; readonly key: string };
}): string {
  return `${baseUrl} ${apiKeyRef.name}/${apiKeyRef.key}`;
}
