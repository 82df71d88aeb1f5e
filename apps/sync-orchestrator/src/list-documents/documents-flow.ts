import type { Command } from '@kds/contracts';
import { dayBefore } from '@kds/kernel';
import type { TenantSpec } from '@kds/tenancy';

/** Documents are changed by hand while they are new. */
const recentMs = 31 * 86_400_000;

/** Asks for the documents of recent orders; without `now`, of all that the client ever exports. */
export function listDocuments({ spec, now }: { readonly spec: TenantSpec; readonly now?: Date | undefined }): { readonly system: 'dilovod'; readonly subject: string; readonly command: Command } {
  const whole = dayBefore(spec.orders.since);
  const recent = now === undefined ? whole : new Date(now.getTime() - recentMs).toISOString().slice(0, 10);
  return { system: 'dilovod', subject: 'documents', command: { kind: 'list-documents', from: recent > whole ? recent : whole } };
}
