import type { TenantObject } from '@kds/tenancy';

/** What `kubectl annotate tenant <name> kds.io/<verb>=<value>` can ask for. */
export const verbs = ['run-orders', 'run-stock', 'run-prices', 'run-read-back', 'release', 'drop'] as const;
export type Verb = (typeof verbs)[number];

/** The value that stands for a verb at an object now; an empty one is none. */
export function requestedValue({ metadata }: TenantObject, verb: Verb): string | undefined {
  return metadata.annotations?.[`kds.io/${verb}`]?.trim() || undefined;
}

/** The verbs whose value is another than the one handled last. One that was taken away may be given again, so that is a difference too. */
export function changedVerbs(object: TenantObject, handled: readonly { readonly verb: string; readonly value: string }[]): readonly Verb[] {
  return verbs.filter((verb) => requestedValue(object, verb) !== handled.find((one) => one.verb === verb)?.value);
}
