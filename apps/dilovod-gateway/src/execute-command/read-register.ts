import { balanceMembers, type BalanceRow, type DilovodCommand, type ResultOf, retailPriceMembers, type RetailPriceRow, toColumns } from '@kds/contracts';
import { type DilovodBalance, readBalances, readGoods, readPrices } from '@kds/dilovod-client';
import { turn } from '@kds/gateway';
import { type ApiAnswer, done, isZero, zero } from '@kds/kernel';
import type { DilovodDesk } from './dilovod-desk.js';

/** So far ahead of now that everything posted until now is inside, and nothing that people date for later. */
const aheadMs = 5_000;

/** Goods that are neither groups nor marked for deletion. */
export async function readGoodRows({ articles }: Extract<DilovodCommand, { kind: 'read-goods' }>, { dilovod, within }: DilovodDesk): Promise<ApiAnswer<ResultOf['read-goods']>> {
  const { answer } = await readGoods(dilovod, articles === null ? {} : { productNums: articles }, within());
  return turn(answer, (goods) => ({
    rows: goods
      .filter(({ isGroup, delMark }) => isGroup !== true && delMark !== true)
      .map(({ id, productNum, name, mainUnit }) => ({ id, article: productNum, name: name ?? '', unit: mainUnit })),
  }));
}

/** What the firm has on hand now in each of the storages. */
export async function readStorageBalances({ storages }: Extract<DilovodCommand, { kind: 'read-balances' }>, { dilovod, within, local, tenant }: DilovodDesk): Promise<ApiAnswer<ResultOf['read-balances']>> {
  const { dilovod: account, prices } = tenant.spec;
  const { answer } = await readBalances(dilovod, { date: local(new Date(Date.now() + aheadMs)), storages, firm: account.firm }, within());
  if (answer.kind !== 'done') return answer;
  const { rows, paged } = answer.value;
  if (prices.cost === 'balance' && rows.some(({ qty, amount }) => amount === null && !isZero(qty))) {
    return { kind: 'rejected', failure: { code: 'cost-not-shown', message: 'Dilovod shows balances without their cost: open the stock register for the API role, or set prices.cost to none' } };
  }
  return done({ columns: toColumns(rows.flatMap(toBalanceRow), balanceMembers), atomic: !paged });
}

function toBalanceRow({ good, storage, qty, amount }: DilovodBalance): readonly BalanceRow[] {
  return storage === null ? [] : [{ good, storage, qty, amount: amount ?? zero }];
}

/** The prices of a type that are in force now; a record without a price is none. */
export async function readRetailPrices({ priceType }: Extract<DilovodCommand, { kind: 'read-prices' }>, { dilovod, within, local }: DilovodDesk): Promise<ApiAnswer<ResultOf['read-prices']>> {
  const { answer } = await readPrices(dilovod, { priceType, date: local(new Date(Date.now() + aheadMs)) }, within());
  return turn(answer, (prices) => ({
    columns: toColumns<RetailPriceRow>(prices.flatMap(({ good, price, currency }) => (price === null ? [] : [{ good, price, currency }])), retailPriceMembers),
  }));
}
