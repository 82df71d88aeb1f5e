import { done } from '@kds/kernel';
import { type CallOptions, type DilovodCall, stepsWithin } from '../dilovod-call.js';
import type { DilovodFilter, DilovodQuery } from '../dilovod-packets.js';
import { listed } from '../listed.js';
import { readAllRows, type RowsClient } from '../read-all-rows.js';
import type { FieldReader } from '../read-json.js';
import { readRows, sortOut } from '../read-rows.js';

/** A good; `productNum` is its SKU, `mainUnit` the unit of its quantities. */
export interface DilovodGood {
  readonly id: string;
  readonly productNum: string | null;
  readonly name: string | null;
  readonly mainUnit: string | null;
  readonly delMark: boolean | null;
  readonly isGroup: boolean | null;
}

const fields = { id: 'id', productNum: 'productNum', name: 'name', mainUnit: 'mainUnit', delMark: 'delMark', isGroup: 'isGroup' };

/** `paged`: what was asked for came in pages, and a good that is not among them need not be gone. */
export interface DilovodGoods {
  readonly goods: readonly DilovodGood[];
  readonly paged: boolean;
}

/**
 * All goods with groups and marked ones, or those of some SKUs (one request per 50), without those that cannot be read.
 */
export async function readGoods(
  client: RowsClient,
  { productNums }: { readonly productNums?: readonly string[] },
  options: CallOptions,
): Promise<DilovodCall<DilovodGoods>> {
  const steps = stepsWithin(options);
  const goods: DilovodGood[] = [];
  let paged = false;
  const filters = productNums === undefined ? [[]] : listed(productNums).map((value): readonly DilovodFilter[] => [{ alias: 'productNum', operator: 'IL', value }]);
  for (const narrowed of filters) {
    const query: DilovodQuery = { from: 'catalogs.goods', fields, filters: narrowed, assembleLinks: false };
    const answer = await steps.take((left) => readAllRows(client, { query, key: ['id'] }, left));
    if (answer.kind !== 'done') return steps.end(answer);
    const reader = { read: fromGoodRow };
    const read = productNums === undefined ? readRows(answer.value.rows, reader) : done(sortOut(answer.value.rows, reader));
    if (read.kind !== 'done') return steps.end(read);
    for (const good of read.value.rows) goods.push(good);
    steps.leaveOut(read.value.unreadable);
    paged ||= answer.value.paged;
  }
  return steps.end(done({ goods, paged }));
}

function fromGoodRow(good: FieldReader): DilovodGood {
  return {
    id: good.id('id'),
    productNum: good.text('productNum'),
    name: good.text('name'),
    mainUnit: good.reference('mainUnit'),
    delMark: good.flag('delMark'),
    isGroup: good.flag('isGroup'),
  };
}
