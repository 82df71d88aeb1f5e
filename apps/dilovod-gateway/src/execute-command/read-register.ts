import { balanceMembers, type BalanceRow, type DilovodCommand, type ResultOf, retailPriceMembers, type RetailPriceRow, toColumns } from '@kds/contracts';
import { type DilovodBalance, readGoods, readPrices, readStockHistory, readSureBalances } from '@kds/dilovod-client';
import { turn } from '@kds/gateway';
import { type ApiAnswer, done, isZero, zero } from '@kds/kernel';
import type { DilovodDesk } from './dilovod-desk.js';

/** Before the first base of all was opened. */
const everSince = '2000-01-01 00:00:00';

/** Goods that are neither groups nor marked for deletion. */
export async function readGoodRows({ articles }: Extract<DilovodCommand, { kind: 'read-goods' }>, { dilovod, within }: DilovodDesk): Promise<ApiAnswer<ResultOf['read-goods']>> {
  const { answer } = await readGoods(dilovod, articles === null ? {} : { productNums: articles }, within());
  return turn(answer, ({ goods, paged }) => ({
    atomic: !paged,
    rows: goods
      .filter(({ isGroup, delMark }) => isGroup !== true && delMark !== true)
      .map(({ id, productNum, name, mainUnit }) => ({ id, article: productNum, name: name ?? '', unit: mainUnit })),
  }));
}

/** What the firm has on hand now in each of the storages and nothing that is dated for later takes away. */
export async function readStorageBalances(
  { storages, goods }: Extract<DilovodCommand, { kind: 'read-balances' }>,
  { dilovod, within, present, later, tenant }: DilovodDesk,
): Promise<ApiAnswer<ResultOf['read-balances']>> {
  const { dilovod: account, prices } = tenant.spec;
  const scope = { present, later: later(), storages, firm: account.firm, ...(goods === undefined ? {} : { goods }) };
  const { answer } = await readSureBalances(dilovod, scope, within());
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

/** Whether a good is kept in stock is the good's and not the firm's: the register of all firms tells. */
export async function readRegisterHistory(
  _command: Extract<DilovodCommand, { kind: 'read-stock-history' }>,
  { dilovod, within, later }: DilovodDesk,
): Promise<ApiAnswer<ResultOf['read-stock-history']>> {
  const { answer } = await readStockHistory(dilovod, { from: everSince, to: later() }, within());
  return turn(answer, (goods) => ({ goods }));
}

/**
 * The prices of a type that are in force now by the latest clock that may be right; a record without a price is none.
 * One dated for later today is not: it is taken over when its time has come. A clock that is wrong makes a price early
 * or late by as much, and nothing else, for the next reading puts it right.
 */
export async function readRetailPrices(
  { priceType }: Extract<DilovodCommand, { kind: 'read-prices' }>,
  { dilovod, within, present }: DilovodDesk,
): Promise<ApiAnswer<ResultOf['read-prices']>> {
  const date = present().reduce((latest, moment) => (moment > latest ? moment : latest), '');
  const { answer } = await readPrices(dilovod, { priceType, date }, within());
  return turn(answer, ({ rows, paged }) => {
    const priced = rows.flatMap(({ good, price, currency }) => (price === null ? [] : [{ good, price, currency }]));
    return { columns: toColumns<RetailPriceRow>(priced, retailPriceMembers), atomic: !paged };
  });
}
