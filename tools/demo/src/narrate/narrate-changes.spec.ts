import { decimal, zero } from '@kds/kernel';
import type { GoodRow, OrderRow, ShopState } from '../world/shop-state.js';
import { narrateChanges } from './narrate-changes.js';

const order: OrderRow = { id: 9001, buyer: 'Олена', status: 'ordered', statusName: 'Підтверджено', documents: [], keycrmMoney: decimal('1780'), dilovodMoney: undefined, held: undefined, numberInKeycrm: '' };
const side = { stock: [decimal('5'), zero], price: decimal('890'), cost: decimal('512.4') } as const;
const good: GoodRow = { sku: 'BRYBPB', name: 'BLACKROLL Yoga Belt', keycrm: side, dilovod: side };
const ledger: ShopState['ledger'] = { orders: [], heldRuns: [], drift: [], doubts: [], waiting: 0 };
const state = (changes: { readonly orders?: readonly OrderRow[]; readonly goods?: readonly GoodRow[]; readonly ledger?: Partial<ShopState['ledger']> } = {}): ShopState => ({
  orders: changes.orders ?? [order],
  goods: changes.goods ?? [good],
  ledger: { ...ledger, ...changes.ledger },
});
const textsOf = (before: ShopState, after: ShopState) => narrateChanges(before, after).map(({ kind, text }) => `${kind}: ${text}`);

const document = { id: '1', kind: 'saleOrder', number: '12', live: true, amount: decimal('1780') } as const;

test('nothing new, nothing told', () => {
  expect(textsOf(state(), state())).toEqual([]);
});

test('tells of documents: posted, changed, marked for deletion', () => {
  const posted = state({ orders: [{ ...order, documents: [document] }] });
  const changed = state({ orders: [{ ...order, documents: [{ ...document, amount: decimal('890') }] }] });
  const marked = state({ orders: [{ ...order, documents: [{ ...document, live: false }] }] });
  expect(textsOf(state({ orders: [] }), posted)).toEqual(['dilovod: order №12 of #9001 is posted: 1 780.00']);
  expect(textsOf(posted, changed)).toEqual(['dilovod: order №12 of #9001 changes from 1 780.00 to 890.00']);
  expect(textsOf(posted, marked)).toEqual(['dilovod: order №12 of #9001 is marked for deletion']);
});

test('tells what is held, and when it no longer is', () => {
  const held = state({ orders: [{ ...order, held: { reason: 'shortage', message: 'missing 2' } }] });
  expect(textsOf(state(), held)).toEqual(['held: #9001 waits (shortage): missing 2']);
  expect(textsOf(held, held)).toEqual([]);
  expect(textsOf(held, state())).toEqual(['freed: #9001 waits no longer (it was shortage)']);
});

test('tells what reached KeyCRM, but not what KeyCRM takes off by itself', () => {
  const after = (keycrm: Partial<GoodRow['keycrm']>) => state({ goods: [{ ...good, keycrm: { ...side, ...keycrm } }] });
  expect(textsOf(state(), after({ price: decimal('900') }))).toEqual(['keycrm: price of BRYBPB is 900.00 now, it was 890.00']);
  expect(textsOf(state(), after({ stock: [decimal('25'), zero] }))).toEqual(['keycrm: stock of BRYBPB in the main warehouse rises from 5 to 25']);
  expect(textsOf(state(), after({ stock: [decimal('3'), zero] }))).toEqual([]);
});

test('tells of drift, lost answers and held runs, each once', () => {
  const after = state({
    ledger: {
      drift: [{ sku: 'BRYBPB', field: 'stock', expected: '5', found: '7', class: 'manual-edit' }],
      doubts: [{ id: 1, kind: 'save-sale' }],
      heldRuns: [{ flow: 'stock', message: 'too many zeroed' }],
    },
  });
  expect(textsOf(state(), after).map((text) => text.slice(0, 30))).toEqual(['care: reading back, stock of B', 'care: no answer to save-sale: ', 'held: the stock run waits: too']);
  expect(textsOf(after, after)).toEqual([]);
});
