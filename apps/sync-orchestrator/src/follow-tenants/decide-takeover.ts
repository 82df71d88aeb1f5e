import { canonicalJson } from '@kds/kernel';
import type { TenantRecord } from '@kds/tenancy';

/** What the ledger holds of a tenant. */
export interface ManifestKept {
  readonly uid: string | null;
  readonly generation: number | null;
  readonly revision: string;
  readonly state: 'active' | 'suspended' | 'invalid' | 'removed';
  readonly problems: unknown;
  /** It was put there before this instance looked at its source last, by the clock of the ledger. */
  readonly beforeLook: boolean;
}

/**
 * `take`: it comes into force. `renumber`: it says the same under a later number. `same`: nothing is to be done. `older`: another instance has seen a newer
 * one; this instance's copy is not used.
 */
export type Takeover = 'take' | 'renumber' | 'same' | 'older';

/**
 * Whether what an instance sees of a tenant replaces what the ledger holds. Manifests of one object are told apart by their generation; of two objects of one
 * name (deleted and made anew), and of one that is gone, only an instance knows that has looked since the ledger was told. `readBefore`: this instance has
 * put its reading of this generation in force already; instances of two versions read one manifest differently, and the one that starts last is right.
 */
export function decideTakeover(record: TenantRecord, kept: ManifestKept, readBefore: boolean): Takeover {
  const { uid, generation } = numbersOf(record);
  const same = sameContent(record, kept);
  if (generation === undefined || kept.generation === null) return !same ? 'take' : generation === undefined ? 'same' : 'renumber';
  if (uid !== (kept.uid ?? undefined)) return kept.beforeLook ? 'take' : 'older';
  if (generation < kept.generation) return same ? 'same' : 'older';
  if (same) return generation > kept.generation && uid !== undefined ? 'renumber' : 'same';
  if (generation > kept.generation) return 'take';
  if (kept.state === 'removed') return kept.beforeLook ? 'take' : 'older';
  return readBefore ? 'same' : 'take';
}

export function numbersOf(record: TenantRecord): { readonly uid?: string; readonly generation?: number } {
  return record.state === 'valid' ? record.tenant : record;
}

/** As the ledger has it. */
export function stateOf(record: TenantRecord): 'active' | 'suspended' | 'invalid' {
  if (record.state === 'invalid') return 'invalid';
  return record.tenant.spec.suspend ? 'suspended' : 'active';
}

function sameContent(record: TenantRecord, { state, revision, problems }: ManifestKept): boolean {
  if (state !== stateOf(record)) return false;
  return record.state === 'valid' ? revision === record.tenant.revision : canonicalJson(problems) === canonicalJson(record.problems);
}
