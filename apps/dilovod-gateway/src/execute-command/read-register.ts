import { balanceMembers, type BalanceRow, type DilovodCommand, type ResultOf, retailPriceMembers, type RetailPriceRow, toColumns } from '@kds/contracts';
import { type DilovodBalance, readBalances, readGoods, readPrices } from '@kds/dilovod-client';
import { turn } from '@kds/gateway';
import { type ApiAnswer, done, isZero, zero } from '@kds/kernel';
import type { DilovodDesk } from './dilovod-desk.js';
import { reportUnreadable } from './report-unreadable.js';

/** So far ahead of now that everything posted until now is inside, and nothing that people date for later. */
const aheadMs = 5_000;

/** Goods that are neither groups nor marked for deletion. */
export async function readGoodRows({ articles }: Extract<DilovodCommand, { kind: 'read-goods' }>, desk: DilovodDesk): Promise<ApiAnswer<ResultOf['read-goods']>> {
  const call = await readGoods(desk.dilovod, articles === null ? {} : { productNums: articles }, desk.within());
  const unread = reportUnreadable(desk, 'goods', call);
  const whole = !call.unreadable?.some(({ id }) => id === null);
  return turn(call.answer, (goods) => ({
    rows: goods
      .filter(({ isGroup, delMark }) => isGroup !== true && delMark !== true)
      .map(({ id, productNum, name, mainUnit }) => ({ id, article: productNum, name: name ?? '', unit: mainUnit })),
    ...unread,
    ...(whole ? {} : { whole }),
  }));
}

/** What the firm has on hand now in each of the storages. */
export async function readStorageBalances({ storages }: Extract<DilovodCommand, { kind: 'read-balances' }>, desk: DilovodDesk): Promise<ApiAnswer<ResultOf['read-balances']>> {
  const { dilovod: account, prices } = desk.tenant.spec;
  const call = await readBalances(desk.dilovod, { date: desk.local(new Date(Date.now() + aheadMs)), storages, firm: account.firm }, desk.within());
  const unread = reportUnreadable(desk, 'balances', call);
  if (call.answer.kind !== 'done') return call.answer;
  const { paged } = call.answer.value;
  const rows = call.answer.value.rows.filter(({ good }) => !unread.unreadable?.includes(good));
  if (prices.cost === 'balance' && rows.some(({ qty, amount }) => amount === null && !isZero(qty))) {
    return { kind: 'rejected', failure: { code: 'cost-not-shown', message: 'Dilovod shows balances without their cost: open the stock register for the API role, or set prices.cost to none' } };
  }
  return done({ columns: toColumns(rows.flatMap(toBalanceRow), balanceMembers), atomic: !paged, ...unread });
}

function toBalanceRow({ good, storage, qty, amount }: DilovodBalance): readonly BalanceRow[] {
  return storage === null ? [] : [{ good, storage, qty, amount: amount ?? zero }];
}

/**
 * The prices of a type that are in force now; a record without a price is none, and of a good with one that cannot be
 * read nothing is told.
 */
export async function readRetailPrices({ priceType }: Extract<DilovodCommand, { kind: 'read-prices' }>, desk: DilovodDesk): Promise<ApiAnswer<ResultOf['read-prices']>> {
  const call = await readPrices(desk.dilovod, { priceType, date: desk.local(new Date(Date.now() + aheadMs)) }, desk.within());
  const { unreadable = [] } = reportUnreadable(desk, 'prices', call);
  return turn(call.answer, (prices) => {
    const legible = prices.flatMap(({ good, price, currency }) => (price === null || unreadable.includes(good) ? [] : [{ good, price, currency }]));
    return { columns: toColumns<RetailPriceRow>(legible, retailPriceMembers) };
  });
}
