import type { Account } from '../accounts/account.js';
import { isNumeric } from '../decimals.js';
import type { BodyCheck, JsonObject } from '../http/body-check.js';
import type { Offer } from './catalogue.js';
import { skuKeys } from './sku-index.js';

/** A row of a bulk write with the offers it changes. */
export interface FoundRow {
  readonly row: JsonObject;
  readonly offers: readonly Offer[];
}

export interface RowRules {
  /** Key of a row that holds an offer id; null: ids are not understood. */
  readonly idKey: 'id' | 'offer_id' | null;
  /** `offers` or `stocks`: how error paths begin. */
  readonly listKey: string;
  readonly unknownSku: 'reject-batch' | 'skip-row' | 'reject-row';
  /** Takes what is wrong with single rows but does not hold up the others. */
  readonly rowCheck: BodyCheck;
}

/** Finds the offers of each row by id or SKU, as the account's switches treat unknown and repeated ones, and notes what refuses the batch. */
export function findRows(account: Account, check: BodyCheck, rows: readonly JsonObject[], rules: RowRules): readonly FoundRow[] {
  const found: FoundRow[] = [];
  for (const [index, row] of rows.entries()) {
    const offers = offersOfRow(account, check, row, { ...rules, path: `${rules.listKey}.${index}` });
    if (offers.length > 0) found.push({ row, offers });
  }
  return settleRepeats(account, check, found, rules);
}

function offersOfRow(account: Account, check: BodyCheck, row: JsonObject, rules: RowRules & { readonly path: string }): readonly Offer[] {
  const { path, idKey, unknownSku } = rules;
  const { emptySku, skuMatching } = account.switches;
  const id = idKey === null ? undefined : row[idKey];
  const sku = typeof row['sku'] === 'string' ? skuKeys[skuMatching](row['sku']) : undefined;
  if (!isNumeric(id) && sku === '' && emptySku === 'skip-row') return [];
  if (!isNumeric(id) && (sku === undefined || (sku === '' && emptySku === 'reject-batch'))) {
    check.fail(`${path}.sku`, `The ${path}.sku field is required when ${path}.${idKey ?? 'id'} is not present.`);
    return [];
  }
  const byId = isNumeric(id) ? account.catalogue.offers.get(Number(id)) : undefined;
  const matches = isNumeric(id) ? (byId ? [byId] : []) : account.catalogue.offersWithSku(String(sku), skuMatching);
  const key = isNumeric(id) ? idKey : 'sku';
  if (matches.length === 0 && unknownSku !== 'skip-row') (unknownSku === 'reject-row' ? rules.rowCheck : check).fail(`${path}.${key}`, `The selected ${path}.${key} is invalid.`);
  if (matches.length < 2 || account.switches.repeatedSku === 'all') return matches;
  if (account.switches.repeatedSku === 'reject') check.fail(`${path}.sku`, `The ${path}.sku belongs to several offers.`);
  return matches.slice(0, 1);
}

/** Leaves one row for each offer that several rows name. */
function settleRepeats(account: Account, check: BodyCheck, found: readonly FoundRow[], rules: RowRules): readonly FoundRow[] {
  const { repeatedRow } = account.switches;
  const winners = new Map<number, number>();
  for (const [index, { offers }] of found.entries()) {
    for (const offer of offers) {
      const taken = winners.has(offer.id);
      if (taken && repeatedRow === 'reject') check.fail(rules.listKey, `The ${rules.listKey} field has a duplicate value.`);
      if (!taken || repeatedRow === 'last') winners.set(offer.id, index);
    }
  }
  return found.map(({ row, offers }, index) => ({ row, offers: offers.filter((offer) => winners.get(offer.id) === index) }));
}
