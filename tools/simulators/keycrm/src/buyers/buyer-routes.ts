import { anyOf, between, refuseUnlisted } from '../http/api-query.js';
import { sorted } from '../http/paging.js';
import { type ApiRequest, ok, pageAnswer, type Route } from '../http/route.js';
import { showBuyer } from './show-buyer.js';
import { buyerOf, createBuyer, importBuyers, updateBuyer } from './write-buyer.js';

const includes = ['manager', 'shipping', 'company', 'loyalty', 'custom_fields'];

export const buyerRoutes: readonly Route[] = [
  { operation: 'GET /buyer', answer: listBuyers },
  { operation: 'POST /buyer', answer: createBuyer },
  { operation: 'POST /buyer/import', answer: importBuyers },
  { operation: 'GET /buyer/{id}', answer: readBuyer },
  { operation: 'PUT /buyer/{id}', answer: updateBuyer },
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
  return pageAnswer(request, sorted(found, query.sort ?? 'id', { id: (buyer) => buyer.id }), (buyer) => showBuyer(account, buyer, query.include));
}

function anyOfSeveral(test: (value: string) => boolean, filtered: boolean): (values: readonly string[]) => boolean {
  return (values) => !filtered || values.some(test);
}

function readBuyer(request: ApiRequest) {
  const buyer = buyerOf(request);
  refuseUnlisted(request.query, { filters: [], includes, sorts: [] });
  return ok(showBuyer(request.account, buyer, request.query.include));
}
