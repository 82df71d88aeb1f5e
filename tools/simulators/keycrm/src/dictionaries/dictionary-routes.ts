import { type Allowed, anyOf, between, refuseUnlisted } from '../http/api-query.js';
import { sorted } from '../http/paging.js';
import { type ApiRequest, ok, pageAnswer, type Route } from '../http/route.js';
import type { Dictionaries, User } from './dictionaries.js';
import { deliveryServices, lineStatuses } from './fresh-account.js';
import { customFieldShown, since, sourceShown, statusShown, tagShown, userShown } from './show-dictionaries.js';

const sortOnly: Allowed = { filters: [], includes: [], sorts: ['id'] };

/** Lists of what an account has set up. */
export const dictionaryRoutes: readonly Route[] = [
  // Statuses that were switched off are not listed, though orders may still be in them.
  list('/order/status', (all) => [...all.statuses.values()].filter((status) => status.isActive), statusShown),
  list('/order/source', (all) => [...all.sources.values()], sourceShown),
  list('/order/tag', (all) => [...all.tags.values()], (tag) => tagShown(tag)),
  list('/order/payment-method', (all) => all.paymentMethods, (method) => method),
  list('/order/expense-type', (all) => all.expenseTypes, (type) => type),
  list('/order/delivery-service', () => deliveryServices, (service) => service),
  list('/order/product-status', () => lineStatuses, (status) => ({ ...status, created_at: since, updated_at: since })),
  { operation: 'GET /users', answer: listUsers },
  { operation: 'GET /custom-fields', answer: listCustomFields },
];

function list<Row extends { readonly id: number }>(path: string, rows: (all: Dictionaries) => readonly Row[], show: (row: Row) => unknown): Route {
  return {
    operation: `GET ${path}`,
    answer: (request) => {
      refuseUnlisted(request.query, sortOnly);
      const byId = sorted(rows(request.account.dictionaries), request.query.sort ?? 'id', { id: (row) => row.id });
      return pageAnswer(request, byId, show);
    },
  };
}

const userFilters = ['id', 'full_name', 'role_id', 'status', 'email', 'phone', 'created_between', 'last_logged_between'];

/** Ignores includes and sorting. */
function listUsers(request: ApiRequest) {
  const { query, account } = request;
  refuseUnlisted({ ...query, include: [], sort: undefined }, { filters: userFilters, includes: [], sorts: [] });
  const isWithin = [between(query, 'created_between', account.switches), between(query, 'last_logged_between', account.switches)];
  const tests: readonly ((user: User) => boolean)[] = [
    (user) => anyOf(query, 'id')(user.id),
    (user) => anyOf(query, 'full_name')(user.fullName),
    (user) => anyOf(query, 'role_id')(user.roleId),
    (user) => anyOf(query, 'status')(user.status),
    (user) => anyOf(query, 'email')(user.email),
    (user) => anyOf(query, 'phone')(user.phone),
    () => isWithin.every((test) => test(since)),
  ];
  return pageAnswer(request, [...account.dictionaries.users.values()].filter((user) => tests.every((test) => test(user))), userShown);
}

/** Not paged: a bare list. */
function listCustomFields(request: ApiRequest) {
  const { query, account } = request;
  refuseUnlisted(query, { filters: ['model'], includes: ['options'], sorts: ['position'] });
  const fields = [...account.dictionaries.customFields.values()].filter((field) => anyOf(query, 'model')(field.model));
  const placed = sorted(fields, query.sort ?? 'position', { position: (field) => field.position });
  return ok(placed.map((field) => customFieldShown(field, query.include.includes('options'))));
}
