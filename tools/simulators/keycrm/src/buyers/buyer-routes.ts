import { anyOf, between, refuseUnlisted } from '../http/api-query.js';
import { sorted } from '../http/paging.js';
import { notFound } from '../http/refusal.js';
import { type ApiRequest, ok, pageAnswer, type Route } from '../http/route.js';
import type { Buyer } from './buyer.js';

const includes = ['manager', 'shipping', 'company', 'loyalty', 'custom_fields'];

export const buyerRoutes: readonly Route[] = [
  { operation: 'GET /buyer', answer: listBuyers },
  { operation: 'GET /buyer/{id}', answer: readBuyer },
];

function listBuyers(request: ApiRequest) {
  const { query, account } = request;
  refuseUnlisted(query, { filters: ['buyer_id', 'buyer_phone', 'buyer_email', 'created_between', 'updated_between'], includes, sorts: ['id'] });
  const isWanted = anyOf(query, 'buyer_id');
  const hasPhone = anyOfSeveral(anyOf(query, 'buyer_phone'), query.filters.has('buyer_phone'));
  const hasEmail = anyOfSeveral(anyOf(query, 'buyer_email'), query.filters.has('buyer_email'));
  const created = between(query, 'created_between', account.switches);
  const updated = between(query, 'updated_between', account.switches);
  const found = [...account.buyers.byId.values()].filter(
    (buyer) => isWanted(buyer.id) && hasPhone(buyer.phones) && hasEmail(buyer.emails) && created(buyer.createdAt) && updated(buyer.updatedAt),
  );
  return pageAnswer(request, sorted(found, query.sort ?? 'id', { id: (buyer) => buyer.id }), (buyer) => showBuyer(buyer, query.include));
}

function anyOfSeveral(test: (value: string) => boolean, filtered: boolean): (values: readonly string[]) => boolean {
  return (values) => !filtered || values.some(test);
}

function readBuyer(request: ApiRequest) {
  const buyer = request.account.buyers.byId.get(Number(request.id));
  if (!buyer) throw notFound('Buyer');
  refuseUnlisted(request.query, { filters: [], includes, sorts: [] });
  return ok(showBuyer(buyer, request.query.include));
}

/** A buyer as the API gives it: here phones and e-mails are lists, unlike inside an order. */
function showBuyer(buyer: Buyer, include: readonly string[]): Record<string, unknown> {
  const nested: Record<string, unknown> = { manager: null, shipping: [], company: null, loyalty: [], custom_fields: [] };
  return {
    id: buyer.id,
    full_name: buyer.fullName,
    birthday: null,
    email: buyer.emails,
    phone: buyer.phones,
    note: buyer.note,
    created_at: buyer.createdAt,
    updated_at: buyer.updatedAt,
    ...Object.fromEntries(include.map((name) => [name, nested[name]])),
  };
}
