import type { Account } from '../accounts/account.js';
import type { BodyCheck } from './body-check.js';
import { invalid, Refusal } from './refusal.js';

/** Refuses (and holds against the client) a batch with more rows than one request may have. */
export function checkBatchSize(account: Account, check: BodyCheck, batch: { readonly key: string; readonly size: number; readonly most: number }): void {
  if (batch.size <= batch.most) return;
  account.log.violate('oversized-batch', `${batch.size} ${batch.key}, at most ${batch.most}`);
  check.fail(batch.key, `The ${batch.key} may not have more than ${batch.most} items.`);
}

/** Throws the 422 of a bulk write when anything was wrong with it, as exact as the account's switches let it be. */
export function refuseBulk(account: Account, check: BodyCheck, key: string): void {
  const form = account.switches.bulkErrors;
  if (!check.broken || form === 'rows') return check.refuseIfBroken();
  if (form === 'list') throw invalid({ [key]: Object.values(check.errors).flat() });
  throw new Refusal(422, { message: 'The given data was invalid.' });
}

/** Does a bulk write at once, or after the account's delay when its 202 only means queued. */
export function applyBulk(account: Account, apply: () => void): void {
  if (account.switches.bulkApply === 'now') apply();
  else account.pendingWrites.add(apply, account.settings.bulkDelayMs);
}
