import { anyOf, flag, refuseUnlisted } from '../http/api-query.js';
import { BodyCheck, isObject } from '../http/body-check.js';
import { checkBatchSize } from '../http/bulk-limit.js';
import { sorted } from '../http/paging.js';
import { type ApiAnswer, type ApiRequest, ok, pageAnswer, type Route } from '../http/route.js';
import { addSentProduct, checkProduct } from './create-product.js';
import { showProduct } from './show-catalogue.js';
import { addVariants, productOf, updateProduct } from './update-product.js';

export const productRoutes: readonly Route[] = [
  { operation: 'GET /products', answer: listProducts },
  { operation: 'POST /products', answer: createProduct },
  { operation: 'POST /products/import', answer: importProducts },
  { operation: 'GET /products/{id}', answer: readProduct },
  { operation: 'PUT /products/{id}', answer: updateProduct },
  { operation: 'POST /products/{id}/offers', answer: addVariants },
  { operation: 'GET /products/categories', answer: listCategories },
  { operation: 'POST /products/categories', answer: createCategory },
];

function listProducts(request: ApiRequest): ApiAnswer {
  const { query, account } = request;
  refuseUnlisted(query, { filters: ['product_id', 'category_id', 'is_archived'], includes: ['custom_fields'], sorts: ['id'] });
  const [isWanted, ofCategory] = [anyOf(query, 'product_id'), anyOf(query, 'category_id')];
  const archived = flag(query, 'is_archived') ?? (account.switches.archivedByDefault === 'omitted' ? false : undefined);
  const found = [...account.catalogue.products.values()].filter(
    (product) =>
      isWanted(product.id) &&
      ofCategory(product.categoryId) &&
      (archived === undefined || account.catalogue.isProductArchived(product.id) === archived),
  );
  const placed = sorted(found, query.sort ?? 'id', { id: (product) => product.id });
  return pageAnswer(request, placed, (product) => showProduct(account, product, query.include.includes('custom_fields')));
}

function readProduct(request: ApiRequest): ApiAnswer {
  const product = productOf(request);
  refuseUnlisted(request.query, { filters: [], includes: ['custom_fields'], sorts: [] });
  return ok(showProduct(request.account, product, request.query.include.includes('custom_fields')));
}

function createProduct({ account, body }: ApiRequest): ApiAnswer {
  const sent = isObject(body) ? body : {};
  const check = new BodyCheck();
  checkProduct(account, check, sent, '');
  check.refuseIfBroken();
  return { status: 201, body: showProduct(account, addSentProduct(account, sent)) };
}

const largestImport = 100;

/** POST /products/import: no ids come back. */
function importProducts({ account, body }: ApiRequest): ApiAnswer {
  const sent = isObject(body) ? body : {};
  const check = new BodyCheck();
  check.required('products', sent['products']);
  const rows = check.rows('products', sent['products']);
  checkBatchSize(account, check, { key: 'products', size: rows.length, most: largestImport });
  const skipsBadRows = account.switches.importAtomicity === 'valid-rows';
  const names = new Set<unknown>();
  const wanted = rows.filter((row, index) => {
    const rowCheck = skipsBadRows ? new BodyCheck() : check;
    checkProduct(account, rowCheck, row, `products.${index}.`);
    if (account.switches.productName === 'unique' && names.has(row['name'])) rowCheck.fail(`products.${index}.name`, 'The name has already been taken.');
    names.add(row['name']);
    return !rowCheck.broken;
  });
  check.refuseIfBroken();
  for (const row of wanted) addSentProduct(account, row);
  return { status: 201, body: { status: true } };
}

function listCategories(request: ApiRequest): ApiAnswer {
  const { query, account } = request;
  refuseUnlisted(query, { filters: ['category_id', 'parent_id'], includes: [], sorts: ['id'] });
  const [isWanted, ofParent] = [anyOf(query, 'category_id'), anyOf(query, 'parent_id')];
  const filtersParent = query.filters.has('parent_id');
  const found = [...account.catalogue.categories.values()].filter(({ id, parentId }) => isWanted(id) && (!filtersParent || ofParent(parentId)));
  const placed = sorted(found, query.sort ?? 'id', { id: (category) => category.id });
  return pageAnswer(request, placed, showCategory);
}

function createCategory({ account, body }: ApiRequest): ApiAnswer {
  const sent = isObject(body) ? body : {};
  const check = new BodyCheck();
  check.required('name', sent['name']);
  check.text('name', sent['name']);
  check.integer('parent_id', sent['parent_id']);
  const parentId = sent['parent_id'] == null ? null : Number(sent['parent_id']);
  if (parentId !== null && !account.catalogue.categories.has(parentId)) check.fail('parent_id', 'The selected parent_id is invalid.');
  check.refuseIfBroken();
  return { status: 201, body: showCategory(account.catalogue.addCategory(String(sent['name']), parentId)) };
}

function showCategory(category: { readonly id: number; readonly name: string; readonly parentId: number | null }): Record<string, unknown> {
  return { id: category.id, name: category.name, parent_id: category.parentId };
}
