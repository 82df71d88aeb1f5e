import { balanceMembers, type BalanceRow, type DilovodCommand, type ResultOf, retailPriceMembers, type RetailPriceRow, toColumns } from '@kds/contracts';
import { type DilovodBalance, readGoods, readPrices, readStockHistory, readSureBalances } from '@kds/dilovod-client';
import { turn } from '@kds/gateway';
import { type ApiAnswer, done, isZero, zero } from '@kds/kernel';
import type { DilovodDesk } from './dilovod-desk.js';
import { reportUnreadable } from './report-unreadable.js';

/** Before the first base of all was opened. */
const everSince = '2000-01-01 00:00:00';

/** Goods that are neither groups nor marked for deletion. */
export async function readGoodRows({ articles }: Extract<DilovodCommand, { kind: 'read-goods' }>, desk: DilovodDesk): Promise<ApiAnswer<ResultOf['read-goods']>> {
  const call = await readGoods(desk.dilovod, articles === null ? {} : { productNums: articles }, desk.within());
  const unread = reportUnreadable(desk, 'goods', call);
  const whole = !call.unreadable?.some(({ id }) => id === null);
  return turn(call.answer, ({ goods, paged }) => ({
    atomic: !paged && whole,
    rows: goods
      .filter(({ isGroup, delMark }) => isGroup !== true && delMark !== true)
      .map(({ id, productNum, name, mainUnit }) => ({ id, article: productNum, name: name ?? '', unit: mainUnit })),
    ...unread,
  }));
}

/** What the firm has on hand now in each of the storages and nothing that is dated for later takes away. */
export async function readStorageBalances(
  { storages, goods }: Extract<DilovodCommand, { kind: 'read-balances' }>,
  desk: DilovodDesk,
): Promise<ApiAnswer<ResultOf['read-balances']>> {
  const { dilovod, within, present, later, tenant } = desk;
  const { dilovod: account, prices } = tenant.spec;
  const scope = { present, later: later(), storages, firm: account.firm, ...(goods === undefined ? {} : { goods }) };
  const call = await readSureBalances(dilovod, scope, within());
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

/** Whether a good is kept in stock is the good's and not the firm's: the register of all firms tells. */
export async function readRegisterHistory(
  _command: Extract<DilovodCommand, { kind: 'read-stock-history' }>,
  { dilovod, within, later }: DilovodDesk,
): Promise<ApiAnswer<ResultOf['read-stock-history']>> {
  const { answer } = await readStockHistory(dilovod, { from: everSince, to: later() }, within());
  return turn(answer, (goods) => ({ goods }));
}

/**
 * The prices of a type that are in force now by the latest clock that may be right; a record without a price is none,
 * and of a good with one that cannot be read nothing is told.
 * One dated for later today is not: it is taken over when its time has come. A clock that is wrong makes a price early
 * or late by as much, and nothing else, for the next reading puts it right.
 */
export async function readRetailPrices(
  { priceType }: Extract<DilovodCommand, { kind: 'read-prices' }>,
  desk: DilovodDesk,
): Promise<ApiAnswer<ResultOf['read-prices']>> {
  const { dilovod, within, present } = desk;
  const date = present().reduce((latest, moment) => (moment > latest ? moment : latest), '');
  const call = await readPrices(dilovod, { priceType, date }, within());
  const { unreadable = [] } = reportUnreadable(desk, 'prices', call);
  return turn(call.answer, ({ rows, paged }) => {
    const priced = rows.flatMap(({ good, price, currency }) => (price === null || unreadable.includes(good) ? [] : [{ good, price, currency }]));
    return { columns: toColumns<RetailPriceRow>(priced, retailPriceMembers), atomic: !paged };
  });
}
