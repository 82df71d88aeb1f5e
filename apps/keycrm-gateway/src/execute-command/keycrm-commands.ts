import type { KeycrmCommand } from '@kds/contracts';
import { type CommandRun, type CommandTable, turn } from '@kds/gateway';
import { done } from '@kds/kernel';
import type { KeycrmClient } from '@kds/keycrm-client';
import type { Logger } from '@kds/observability';
import { toObservation, toObservedOrder } from './to-observed-order.js';
import { toStockRow } from './to-stock-row.js';

/** What carrying out one command takes. */
export interface KeycrmDesk {
  readonly keycrm: KeycrmClient;
  readonly run: CommandRun;
  readonly log: Pick<Logger, 'warn'>;
}

const rowsPerPage = 50;

/** Every command for KeyCRM, each exactly one API request. */
export const keycrmCommands: CommandTable<KeycrmCommand, KeycrmDesk> = {
  async 'read-order'({ orderId }, { keycrm, run }) {
    const { answer } = await run.call('readOrder', () => keycrm.readOrder(orderId, run.callOptions()));
    if (answer.kind === 'rejected' && answer.failure.code === 'not-found') return done({ kind: 'missing', orderId });
    return turn(answer, toObservation);
  },

  async 'list-orders'({ filter, page }, { keycrm, run }) {
    const period = { from: new Date(filter.from), to: new Date(filter.to) };
    const filters = filter.by === 'updated' ? { updatedBetween: period } : { createdBetween: period };
    const { answer } = await run.call('listOrders', () => keycrm.listOrders({ page, limit: rowsPerPage, sort: 'id', filters }, run.callOptions()));
    return turn(answer, ({ orders, unreadable, lastPage }) => ({
      orders: orders.filter(({ deletedAt }) => deletedAt === undefined).map(toObservedOrder),
      unreadable: unreadable.map(({ id, problem }) => ({ orderId: id ?? null, problem })),
      page,
      lastPage,
    }));
  },

  async 'list-stocks'({ page, skus }, { keycrm, run, log }) {
    const { answer } = await run.call('listStocks', () => keycrm.listStocks({ page, limit: rowsPerPage, ...(skus === null ? {} : { skus }) }, run.callOptions()));
    return turn(answer, ({ rows, unreadable, lastPage }) => {
      if (unreadable.length > 0) log.warn({ page, unreadable }, 'rows of the stock list could not be read and are left out');
      const ids = unreadable.flatMap(({ id }) => id ?? []);
      return { rows: rows.map(toStockRow), page, lastPage, whole: unreadable.length === 0, ...(ids.length === 0 ? {} : { unreadable: ids }) };
    });
  },

  async 'list-cards'({ page, offers: ids }, { keycrm, run, log }) {
    const query = { page, limit: rowsPerPage, withProduct: true, ...(ids === null ? {} : { ids }) };
    const { answer } = await run.call('listOffers', () => keycrm.listOffers(query, run.callOptions()));
    return turn(answer, ({ offers, unreadable, lastPage }) => {
      if (unreadable.length > 0) log.warn({ page, unreadable }, 'offers could not be read and are left out');
      return { rows: offers.map(({ id, currencyCode }) => ({ offerId: id, currency: currencyCode })), page, lastPage };
    });
  },

  async 'read-sources'({ page }, { keycrm, run, log }) {
    const paging = { page, limit: rowsPerPage };
    const { answer } = await run.call('listSources', () => keycrm.listSources(paging, run.callOptions()));
    return turn(answer, ({ sources, unreadable, lastPage }) => {
      if (unreadable.length > 0) log.warn({ page, unreadable }, 'sources of orders could not be read and are left out');
      const rows = sources.map(({ id, name, currencyCode }) => ({ id, name: name ?? '', currency: currencyCode }));
      return { rows, page, lastPage };
    });
  },

  async 'write-stocks'({ warehouseId, rows }, { keycrm, run }) {
    const { answer } = await run.call('writeStocks', () => keycrm.writeStocks({ warehouseId, rows }, run.callOptions()));
    return turn(answer, () => null);
  },

  async 'write-prices'({ rows }, { keycrm, run }) {
    const { answer } = await run.call('writePrices', () => keycrm.writePrices({ rows }, run.callOptions()));
    return turn(answer, () => null);
  },

  async 'write-order-fields'({ orderId, fields }, { keycrm, run }) {
    const { answer } = await run.call('updateOrderCustomFields', () => keycrm.updateOrderCustomFields(orderId, fields, run.callOptions()));
    return turn(answer, () => null);
  },
};
