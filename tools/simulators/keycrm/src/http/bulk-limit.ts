import type { Account } from '../accounts/account.js';
import type { BodyCheck } from './body-check.js';

/** Refuses (and holds against the client) a batch with more rows than one request may have. */
export function checkBatchSize(account: Account, check: BodyCheck, batch: { readonly key: string; readonly size: number; readonly most: number }): void {
  if (batch.size <= batch.most) return;
  account.log.violate('oversized-batch', `${batch.size} ${batch.key}, at most ${batch.most}`);
  check.fail(batch.key, `The ${batch.key} may not have more than ${batch.most} items.`);
}

/** Does a bulk write at once, or after the account's delay when its 202 only means queued. */
export function applyBulk(account: Account, apply: () => void): void {
  if (account.switches.bulkApply === 'now') apply();
  else account.pendingWrites.add(apply, account.settings.bulkDelayMs);
}
