import { Big } from 'big.js';
import { type Base } from '../base/base.js';
import { type StoredObject } from '../base/object-store.js';
import { predefined } from '../base/predefined.js';
import { inLanguage, textsOf } from '../base/presentation.js';
import { noReference } from '../metadata/stored-value.js';
import { Refusal } from '../refusal.js';
import { type Movement, resource } from '../registers/register-ledger.js';
import { costOf, onHand, reservedByOthers, type StockPlace } from '../registers/stock.js';
import { type Shortage, shortageMessage } from '../shortage-message.js';
import { type Line, linesOf, reference } from './lines.js';
import { orderOf } from './order-links.js';
import { returnedCost } from './returned-cost.js';

/** The ledgers of a base into which posting writes. */
export const movedLedgers = ['goods', 'orders', 'incomes'] as const;

/** What posting a document does to the registers. */
export type Movements = Readonly<Record<(typeof movedLedgers)[number], readonly Movement[]>>;

type Derive = (base: Base, document: StoredObject) => Partial<Movements>;

const nothing: Movements = { goods: [], orders: [], incomes: [] };

const derivations: Readonly<Record<string, Derive>> = {
  'documents.saleOrder': placeOrder,
  'documents.sale': ship,
  'documents.saleReturn': (base, document) => ({
    ...receive(base, document, (line) => returnedCost(base, document, line)),
    incomes: incomesOf(document, -1),
  }),
  'documents.purchase': (base, document) => receive(base, document, (line) => line.amountCur),
  'documents.goodWriteOn': (base, document) => receive(base, document, (line) => line.amountCur),
  'documents.goodWriteOff': (base, document) => ({ goods: takeOut(base, document).map(({ movement }) => movement) }),
  'documents.goodMoving': move,
};

/**
 * What posting `document` would move. The registers must not hold its earlier movements.
 * Throws the shortage refusal when goods would leave that are not free.
 */
export function deriveMovements(base: Base, document: StoredObject): Movements {
  return { ...nothing, ...derivations[document.type]?.(base, document) };
}

const statesWithoutReserve: readonly string[] = [predefined.stateCancelled, predefined.stateDone];

function placeOrder(base: Base, order: StoredObject): Partial<Movements> {
  const isOver = base.switches.reserveFollowsState === 'yes' && statesWithoutReserve.includes(reference(order.header, 'state'));
  const isPlaced = order.header['placed'] === '1' && !isOver;
  const orders = linesOf(order).map((line) => {
    const { qty, amountCur, qtyPurchase, qtyProd } = line;
    const resources = { qty, amountCur, qtyPurchase, qtyProd, qtyReserve: isPlaced ? line.qtyReserve : new Big(0) };
    return movement(order, { ...place(order, line), baseDoc: order.id }, resources);
  });
  return { orders };
}

function ship(base: Base, sale: StoredObject): Partial<Movements> {
  const order = orderOf(base, sale);
  const goods = takeOut(base, sale).map((taken) => taken.movement);
  const orders = order === noReference ? [] : linesOf(sale).map((line) => fulfil(base, sale, { line, order }));
  return { goods, orders, incomes: incomesOf(sale, 1) };
}

/** What a sale brings, and a return takes back. */
function incomesOf(document: StoredObject, sign: 1 | -1): readonly Movement[] {
  const [firm, department] = [reference(document.header, 'firm'), reference(document.header, 'department')];
  const dimensions = {
    incomeItem: predefined.mainIncomeItem,
    department: department === noReference ? predefined.mainDepartment : department,
    firm,
    account: predefined.accountOfIncomes,
  };
  return linesOf(document).map(({ good, amountCur }) =>
    movement(document, { ...dimensions, good }, { amount: amountCur.times(sign) }),
  );
}

function fulfil(base: Base, sale: StoredObject, { line, order }: { line: Line; order: string }): Movement {
  const dimensions = { ...place(sale, line), baseDoc: order };
  const reserved = resource(base.orders.find(dimensions)?.totalsAt() ?? {}, 'qtyReserve');
  const consumed = base.switches.shipmentConsumesReserve === 'yes' ? (reserved.lt(line.qty) ? reserved : line.qty) : new Big(0);
  return movement(sale, dimensions, { qty: line.qty.neg(), amountCur: line.amountCur.neg(), qtyReserve: consumed.neg() });
}

function receive(base: Base, document: StoredObject, costOfLine: (line: Line) => Big): Partial<Movements> {
  const goods = stockLines(base, document).map((line) =>
    movement(document, place(document, line), { qty: line.qty, amount: costOfLine(line) }),
  );
  return { goods };
}

function move(base: Base, document: StoredObject): Partial<Movements> {
  const storageTo = reference(document.header, 'storageTo');
  const goods = takeOut(base, document).flatMap(({ movement: out, line, cost }) => {
    const arrival = movement(document, { ...place(document, line), storage: storageTo }, { qty: line.qty, amount: cost });
    return [out, arrival];
  });
  return { goods };
}

function takeOut(base: Base, document: StoredObject): readonly { readonly movement: Movement; readonly line: Line; readonly cost: Big }[] {
  const now = base.clock.now();
  const date = String(document.header['date']);
  const moment = base.switches.shortageCheckedAt === 'document-date' || date > now ? date : now;
  refuseShortage(base, document, moment);
  return stockLines(base, document).map((line) => {
    const cost = costOf(line.qty, onHand(base.goods, place(document, line), moment));
    return { line, cost, movement: movement(document, place(document, line), { qty: line.qty.neg(), amount: cost.neg() }) };
  });
}

function refuseShortage(base: Base, document: StoredObject, moment: string): void {
  if (base.switches.negativeBalances === 'allowed') return;
  const order = orderOf(base, document);
  const shortages: Shortage[] = [];
  for (const line of stockLines(base, document)) {
    const at = place(document, line);
    const free = onHand(base.goods, at, moment).qty.minus(reservedByOthers(base.orders, at, order));
    if (free.lt(line.qty)) shortages.push({ ...describeGood(base, line.good), needed: line.qty, free });
  }
  if (shortages.length > 0) throw new Refusal(shortageMessage(shortages));
}

/** The lines of goods that are kept in stock: services are not. */
function stockLines(base: Base, document: StoredObject): readonly Line[] {
  const policyOf = (good: string) => reference(base.objects.find(good)?.header ?? {}, 'accPolicy');
  return linesOf(document).filter(({ good }) => policyOf(good) !== predefined.policyOfServices);
}

function describeGood(base: Base, id: string): Omit<Shortage, 'needed' | 'free'> {
  const good = base.objects.find(id);
  const name = good ? inLanguage(base, textsOf(base, good)) : '';
  return { goodId: id, name, code: String(good?.header['code'] ?? ''), productNum: String(good?.header['productNum'] ?? '') };
}

function place(document: StoredObject, line: Line): StockPlace {
  return { good: line.good, storage: line.storage, firm: reference(document.header, 'firm') };
}

function movement(document: StoredObject, dimensions: object, resources: Movement['resources']): Movement {
  return { recorder: document.id, period: String(document.header['date']), dimensions: dimensions as Record<string, string>, resources };
}
