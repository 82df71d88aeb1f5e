import { decimal, zero } from '@kds/kernel';
import type { OrderRow } from '../world/shop-state.js';
import { goodProblems, heldProblems } from './shop-report.js';

const side = { stock: [decimal('5'), zero], price: decimal('890'), cost: decimal('512.4') } as const;
const good = { sku: 'BRYBPB', name: 'BLACKROLL Yoga Belt', keycrm: side, dilovod: side };

describe('an article', () => {
  it('agrees when stock, price and cost do', () => {
    expect(goodProblems(good, [])).toEqual([]);
  });

  it.each([
    ['stock', { stock: [decimal('4'), zero] as const }, 'stock of BRYBPB in warehouse 1: KeyCRM 4, Dilovod 5'],
    ['price', { price: decimal('889') }, 'retail price of BRYBPB: KeyCRM 889, Dilovod 890'],
    ['cost', { cost: undefined }, 'cost of BRYBPB: KeyCRM undefined, Dilovod 512.4'],
  ])('does not agree when the %s differs', (_, keycrm, problem) => {
    expect(goodProblems({ ...good, keycrm: { ...side, ...keycrm } }, [])).toEqual([problem]);
  });

  it('may show less in KeyCRM by what an order that waits for a person took off there alone', () => {
    const held = { orderId: 9028, sku: 'BRYBPB', warehouseId: 1, units: decimal('1') };
    const less = { ...good, keycrm: { ...side, stock: [decimal('4'), zero] as const } };
    expect(goodProblems(less, [held])).toEqual([]);
    expect(goodProblems(good, [held])).toHaveLength(1);
  });

  it('keeps its last cost where Dilovod has nothing on hand', () => {
    expect(goodProblems({ ...good, dilovod: { ...side, cost: undefined } }, [])).toEqual([]);
  });

  it('must be in Dilovod', () => {
    expect(goodProblems({ ...good, dilovod: undefined }, [])).toEqual(['BRYBPB is not in Dilovod']);
  });
});

describe('held orders', () => {
  const order = (id: number, reason?: string): OrderRow => ({
    id,
    buyer: '',
    status: 'shipped',
    statusName: '',
    documents: [],
    keycrmMoney: zero,
    dilovodMoney: undefined,
    held: reason === undefined ? undefined : { reason, message: '' },
    numberInKeycrm: '',
  });

  it('are exactly those that rightly wait, for exactly that reason', () => {
    const expected = new Map([[1, 'edited-after-shipment']]);
    expect(heldProblems([order(1, 'edited-after-shipment'), order(2)], expected)).toEqual([]);
    expect(heldProblems([order(1), order(2)], expected)).toEqual(['#1 should wait for a person (edited-after-shipment) and does not']);
    expect(heldProblems([order(1, 'shortage')], expected)).toEqual(['#1 is held (shortage) and should not be']);
    expect(heldProblems([order(2, 'sku-unknown')], new Map())).toEqual(['#2 is held (sku-unknown) and should not be']);
  });
});
