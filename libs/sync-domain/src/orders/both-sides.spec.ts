import { decimal } from '@kds/kernel';
import { aLine, aMapping, anOrder, knownGood, OrderWorld, status } from '../spec-support/order-world.js';
import { known } from '../spec-support/known-person.js';
import { applyDone } from './apply-command.js';
import { perhapsHeld } from './order-binding.js';
import type { SaleOrderDraft } from './order-command.js';

const recipient = { fullName: 'Ірина Інша', phone: null };
const lines = [aLine('A', 2)];
const plain = anOrder(status.ordered, lines);
const inStep = { kind: 'nothing', reason: 'in-step' };

/** What the last save of the order document said. */
function drafted(world: OrderWorld): SaleOrderDraft {
  const save = world.commands.find((command) => command.kind === 'save-sale-order');
  if (save?.kind !== 'save-sale-order') throw new Error('no order document was saved');
  return save.draft;
}

test('A20: a recipient who is removed in KeyCRM is removed in Dilovod', () => {
  const world = new OrderWorld();
  world.settle({ ...plain, recipient });
  expect(drafted(world).remarkFromPerson).toBe('Отримувач: Ірина Інша');
  expect(world.settle(plain)).toEqual(inStep);
  expect(drafted(world).remarkFromPerson).toBeNull();
  expect(world.settle(plain)).toEqual(inStep);
  expect(world.commands).toEqual([]);
});

test('A20: a buyer who gets a person of their own loses the contact on the order', () => {
  const mapping = aMapping({ endConsumer: 'EC' });
  const world = new OrderWorld({ mapping });
  world.settle({ ...plain, buyer: { fullName: 'Олена', phone: null, email: null } });
  expect(drafted(world)).toMatchObject({ person: 'EC', details: 'Олена' });
  world.settle(plain);
  expect(drafted(world)).toMatchObject({ person: 'P', details: null });
});

test('A20: a line that was left out takes its place, and our word of it goes, once its good is there', () => {
  const mapping = aMapping({ unmappedLine: 'skip' });
  const order = anOrder(status.ordered, [aLine('A'), aLine('X')]);
  const absent = { kind: 'absent', asked: true } as const;
  const world = new OrderWorld({ mapping, goods: new Map([['A', knownGood('GA')], ['X', absent]]) });
  world.settle(order);
  expect(drafted(world)).toMatchObject({ note: 'Без рядків: X', rows: [{ good: 'GA' }] });
  world.facts = { mapping, goods: new Map([['A', knownGood('GA')], ['X', knownGood('GX')]]) };
  expect(world.settle(order)).toEqual(inStep);
  expect(drafted(world)).toMatchObject({ note: null, rows: [{ good: 'GA' }, { good: 'GX' }] });
});

test('A20: what the manifest names no more is taken out of orders that have not been shipped', () => {
  const world = new OrderWorld({ mapping: aMapping({ tradeChanel: 'T', author: 'U' }) });
  world.settle(plain);
  world.facts = { mapping: aMapping() };
  world.settle(plain);
  expect(drafted(world)).toMatchObject({ tradeChanel: null, author: null });
});

test('A20: what the base fills in by itself, or a person adds, and we never wrote, is nobody’s to take away', () => {
  const world = new OrderWorld();
  world.settle(plain);
  world.changeInDilovod({ members: { business: 'B', author: 'U', tradeChanel: null, paymentForm: null, details: 'дзвонити ввечері', remarkFromPerson: null, note: 'дзвонити' } });
  expect(world.settle(plain)).toEqual(inStep);
  expect(world.commands).toEqual([]);
});

test('A20: another buyer whom a person sets in Dilovod stays as long as KeyCRM does not change the buyer', () => {
  const world = new OrderWorld();
  world.settle(plain);
  world.changeInDilovod({ person: 'Q' });
  expect(world.settle(plain)).toEqual(inStep);
  const edited = anOrder(status.ordered, [aLine('A', 3)]);
  expect(world.settle(edited)).toEqual(inStep);
  expect(drafted(world)).toMatchObject({ person: 'Q', rows: [{ qty: '3' }] });
  world.settle(anOrder(status.ordered, [aLine('A', 4)]));
  expect(drafted(world).person).toBe('Q');
});

test('A20: a buyer whom both changed is held with both, and KeyCRM’s is written once a person says so', () => {
  const world = new OrderWorld();
  world.settle(plain);
  world.changeInDilovod({ person: 'Q' });
  world.facts = { person: known('P2', 'Олена Зразкова') };
  const held = world.settle(plain);
  expect(held).toMatchObject({ kind: 'park', reason: 'changed-on-both-sides', message: expect.stringMatching(/Q.*P2/), detail: { conflicts: [{ member: 'person', dilovod: 'Q', keycrm: 'P2' }] } });
  world.release(held);
  expect(world.settle(plain)).toEqual(inStep);
  expect(drafted(world).person).toBe('P2');
});

const empty = { business: null, author: null, tradeChanel: null, paymentForm: null, details: null, remarkFromPerson: null, note: null };

test('A20: what the base made of a value is no change of a person: what KeyCRM says next is written', () => {
  const world = new OrderWorld();
  world.settle({ ...plain, recipient });
  const [save] = world.commands;
  if (save?.kind !== 'save-sale-order') throw new Error('an order is saved');
  const document = { ...world.document(), members: { ...empty, author: 'filled-in', remarkFromPerson: 'Отримувач:  Ірина Інша' } };
  world.binding = applyDone(world.binding, save, { kind: 'saved', documentId: 'D1', document });
  expect(world.settle({ ...plain, recipient })).toEqual(inStep);
  world.facts = { mapping: aMapping({ author: 'U' }) };
  expect(world.settle({ ...plain, recipient: { fullName: 'Хтось Третій', phone: null } })).toEqual(inStep);
  expect(drafted(world)).toMatchObject({ author: 'U', remarkFromPerson: 'Отримувач: Хтось Третій' });
});

test('A20: of an order that was found nothing is emptied, whatever state we set', () => {
  const world = new OrderWorld({ mapping: aMapping({ states: {} }) });
  world.settle(plain);
  const filled = { ...empty, author: 'U', details: 'дзвонити ввечері' };
  const found = { ...world.document(), members: filled };
  world.binding = applyDone(perhapsHeld, { kind: 'find-documents', orderId: 9051, type: 'all', saleOrders: [] }, { kind: 'found', documents: [found] });
  world.facts = { mapping: aMapping() };
  expect(world.settle(plain)).toEqual(inStep);
  expect(world.commands.map(({ kind }) => kind)).toEqual(['set-order-state']);
  expect(world.settle(anOrder(status.ordered, [aLine('A', 3)]))).toEqual(inStep);
  expect(drafted(world)).toMatchObject({ author: 'U', details: 'дзвонити ввечері' });
});

test('A20: a person whom Dilovod does not show is not known, and never written away', () => {
  const world = new OrderWorld();
  world.settle(plain);
  const look = { kind: 'find-documents', orderId: 9051, type: 'saleOrder', saleOrders: [] } as const;
  world.binding = applyDone(world.binding, look, { kind: 'found', documents: [{ ...world.document(), person: '' }] });
  expect(world.settle(anOrder(status.ordered, [aLine('A', 3)]))).toEqual(inStep);
  expect(drafted(world).person).toBe('P');
});

test('A20: a value that both changed alike is no conflict', () => {
  const world = new OrderWorld();
  world.settle(plain);
  world.changeInDilovod({ members: { ...drafted(world), remarkFromPerson: 'Отримувач: Ірина Інша' } });
  expect(world.settle({ ...plain, recipient })).toEqual(inStep);
  expect(world.commands).toEqual([]);
});

test('A20: a state that a person sets stays until the order reaches another stage', () => {
  const world = new OrderWorld();
  world.settle(plain);
  world.changeInDilovod({ state: 'S9' });
  expect(world.settle(plain)).toEqual(inStep);
  expect(world.commands).toEqual([]);
  world.settle(anOrder(status.shipped, lines));
  expect(world.commands).toContainEqual({ kind: 'set-order-state', orderId: 9051, documentId: 'D1', state: 'S8' });
});

test('A20: rows that a person changed are KeyCRM’s to decide, and what is overwritten is told', () => {
  const world = new OrderWorld({ articles: new Map([['GA', 'BRYBPB']]) });
  world.settle(plain);
  const [row] = world.document().rows;
  if (row === undefined) throw new Error('the document has a row');
  world.changeInDilovod({ rows: [{ ...row, qty: decimal(5), amountCur: decimal(500) }] });
  expect(world.decide(plain)).toMatchObject({ kind: 'dispatch', reason: 'order-edited', detail: { rows: 'BRYBPB: -3 units, -300 in money' } });
});

test('A20: a member that the base does not take empty is not written for ever', () => {
  const world = new OrderWorld();
  world.settle({ ...plain, recipient });
  const still = world.document().members;
  world.settle(plain);
  world.changeInDilovod({ members: still });
  expect(world.settle(plain)).toEqual(inStep);
  expect(world.commands).toEqual([]);
});
