import type { Account } from '../accounts/account.js';
import { type Big, nought } from '../decimals.js';
import { cancelGroup, type OrderStatus, statusRank } from '../dictionaries/dictionaries.js';
import { invalidField } from '../http/refusal.js';
import { heldReserve, heldWriteOff, type Hold, type Order, type OrderLine, type StockStage } from '../orders/order.js';
import type { MovementReason } from './stock-ledger.js';

/** How far the stock of an order gets when it moves to a status. */
export function stageAfterMove(account: Account, stage: StockStage, to: OrderStatus): StockStage {
  const { switches, settings } = account;
  if (!ordersMoveStock(account)) return stage;
  if (to.groupId === cancelGroup) return 'none';
  const writeOff = whereIs(account, to, settings.writeOffStatusId);
  const reserve = whereIs(account, to, settings.reserveStatusId);
  const catchesUp = switches.skippedStockStatus === 'caught-up';
  if (writeOff === 'at' || (writeOff === 'past' && catchesUp)) return 'written-off';
  if (stage === 'written-off') {
    if (writeOff !== 'before' || switches.backFromWriteOff === 'stays') return 'written-off';
    return reserve === 'at' || reserve === 'past' ? 'reserved' : 'none';
  }
  if (reserve === 'at' || (reserve === 'past' && catchesUp)) return 'reserved';
  if (reserve === 'before' && switches.backFromReserve === 'released') return 'none';
  return stage;
}

function ordersMoveStock({ switches }: Account): boolean {
  return switches.stockManagement === 'on' && switches.ordersWriteOff === 'writes-off';
}

/** Where a status lies against one that moves stock, in the order of groups and ids. */
function whereIs(account: Account, status: OrderStatus, landmarkId: number | null): 'before' | 'at' | 'past' | 'nowhere' {
  const landmark = landmarkId === null ? undefined : account.dictionaries.statuses.get(landmarkId);
  if (!landmark) return 'nowhere';
  if (status.id === landmark.id) return 'at';
  return statusRank(status) < statusRank(landmark) ? 'before' : 'past';
}

/** Throws the 422 of an account that lets no order go short, when reaching `stage` would take more than is there. */
export function refuseShortage(account: Account, order: { readonly lines: readonly OrderLine[] }, stage: StockStage): void {
  if (account.switches.shortage !== 'blocks-status') return;
  const short = order.lines.find((line) => isShort(account, line, wantedHold(line, stage)));
  if (short) throw invalidField('status_id', `Not enough stock of ${short.sku ?? short.name}.`);
}

/** Brings what each line holds of the stock to what the order's stage asks for: reserves, writes off, gives back. */
export function settleStock(account: Account, order: Order): void {
  if (!ordersMoveStock(account)) return;
  for (const line of order.lines) settleLine(account, order, line, order.stockStage);
}

/** Gives back all that a line holds. */
export function giveBack(account: Account, order: Order, line: OrderLine): void {
  settleLine(account, order, line, 'none');
}

function settleLine(account: Account, order: Order, line: OrderLine, stage: StockStage): void {
  const wanted = wantedHold(line, stage);
  if (account.switches.shortage === 'skips-line' && isShort(account, line, wanted)) return;
  if (line.hold && wanted && line.hold.warehouseId !== wanted.warehouseId) {
    moveStock(account, order, line, { ...line.hold, reserved: nought, writtenOff: nought });
  }
  const target = wanted ?? (line.hold && { ...line.hold, reserved: nought, writtenOff: nought });
  if (target) moveStock(account, order, line, target);
}

function wantedHold(line: OrderLine, stage: StockStage): Hold | null {
  if (stage === 'none' || line.shipmentType !== 'warehouse' || line.offerId === null || line.warehouseId === null) return null;
  return {
    offerId: line.offerId,
    warehouseId: line.warehouseId,
    reserved: stage === 'reserved' ? line.quantity : nought,
    writtenOff: stage === 'written-off' ? line.quantity : nought,
  };
}

function isShort(account: Account, line: OrderLine, wanted: Hold | null): boolean {
  if (!wanted) return false;
  const { quantity, reserve } = account.stock.balance(wanted.offerId, wanted.warehouseId);
  const here = line.hold?.warehouseId === wanted.warehouseId;
  const alreadyHeld = here ? heldReserve(line).plus(heldWriteOff(line)) : nought;
  const more = wanted.reserved.plus(wanted.writtenOff).minus(alreadyHeld);
  return more.gt(0) && more.gt(quantity.minus(reserve));
}

function moveStock(account: Account, order: Order, line: OrderLine, target: Hold): void {
  const writtenOffMore = target.writtenOff.minus(heldWriteOff(line));
  const reservedMore = target.reserved.minus(heldReserve(line));
  line.hold = target;
  if (writtenOffMore.eq(0) && reservedMore.eq(0)) return;
  if (writtenOffMore.lt(0)) line.reverted = true;
  account.stock.move({
    at: account.now(),
    offerId: target.offerId,
    warehouseId: target.warehouseId,
    quantity: nought.minus(writtenOffMore),
    reserve: reservedMore,
    reason: reasonOf(writtenOffMore, reservedMore),
    orderId: order.id,
  });
}

function reasonOf(writtenOffMore: Big, reservedMore: Big): MovementReason {
  if (writtenOffMore.gt(0)) return 'write-off';
  return writtenOffMore.lt(0) || reservedMore.lt(0) ? 'give-back' : 'reserve';
}
