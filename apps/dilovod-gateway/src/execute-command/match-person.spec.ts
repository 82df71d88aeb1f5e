import type { DilovodFilter, DilovodQuery } from '@kds/dilovod-client';
import type { PersonKey } from '@kds/sync-domain';
import type { DilovodDesk } from './dilovod-desk.js';
import { createPersonOnce, findPerson } from './match-person.js';

type Rows = readonly unknown[];

/** A base that answers each search with the rows that it has for the field; what is asked and saved is kept. */
function deskWith(rowsOf: Rows | ((filter: DilovodFilter) => Rows), { asked = [], saved = [] }: { readonly asked?: unknown[]; readonly saved?: unknown[] } = {}): DilovodDesk {
  const request = async ({ filters = [] }: DilovodQuery) => {
    const [filter] = filters;
    asked.push(filter);
    return { answer: { kind: 'done', value: typeof rowsOf === 'function' ? rowsOf(filter as DilovodFilter) : rowsOf } };
  };
  const saveObject = async (packet: unknown) => {
    saved.push(packet);
    return { answer: { kind: 'done', value: '1100100000001099' } };
  };
  return { dilovod: { request, saveObject }, within: () => ({ timeoutMs: 1_000 }), log: { warn: () => undefined } } as unknown as DilovodDesk;
}

const wanted = { key: 'phone:+380671234567' as PersonKey, name: 'Олена Зразкова', phone: '+380671234567', phones: ['+380671234567'], email: null };
const olena = { id: '1100100000001002', name: 'Олена Зразкова', phone: '(067) 123-45-67' };
const detailsWith = (...phones: readonly string[]) => JSON.stringify({ phones: phones.map((pr) => ({ pr, kind: 'phone' })) });

test('A12: a person whose phone Dilovod does not show is neither taken for the buyer nor made a second time', async () => {
  const closed = { id: '1100100000001001', name: '[access restricted]', phone: '[access restricted]', delMark: '0' };
  expect(await findPerson(wanted, deskWith([closed]))).toMatchObject({ kind: 'rejected', failure: { code: 'person-unreadable', message: expect.stringContaining('role') } });
  expect(await findPerson(wanted, deskWith([closed, olena]))).toMatchObject({ kind: 'done', value: { person: { id: olena.id, by: 'only-one' } } });
  expect(await findPerson(wanted, deskWith([{ ...closed, delMark: '1' }]))).toEqual({ kind: 'done', value: { person: null } });
});

test('A12: somebody whose phone only resembles the one asked for is not the buyer', async () => {
  const others = [{ id: '1', name: 'Олена', phone: '067 123 45 68' }, { id: '2', name: 'Олена', phone: '67 123' }];
  expect(await findPerson(wanted, deskWith(others))).toEqual({ kind: 'done', value: { person: null } });
});

test('A12: what is no phone is looked for only where there is no e-mail', async () => {
  const asked: unknown[] = [];
  await findPerson({ ...wanted, phone: '12345', phones: ['12345'], email: 'Olena@Example.com' }, deskWith([], { asked }));
  await findPerson({ ...wanted, phone: '12345', phones: ['12345'] }, deskWith([], { asked }));
  expect(asked).toMatchObject([{ alias: 'email', value: ['Olena@Example.com', 'olena@example.com', 'Olena@example.com'] }, { alias: 'phone', value: expect.arrayContaining(['12345']) }]);
});

test.each([
  ['in the contact details of a person whose own number is another', 'details', { ...olena, phone: '0501112233', details: detailsWith('0501112233', '067 123 45 67') }],
  ['beside another in one field', 'phone', { ...olena, phone: '050 111 22 33, 0671234567' }],
])('A12: nobody is made twice because the number stands %s', async (_where, field, person) => {
  const saved: unknown[] = [];
  const desk = deskWith(({ alias, operator }) => (operator === '%' && alias === field ? [person] : []), { saved });
  expect(await createPersonOnce(wanted, desk)).toMatchObject({ kind: 'done', value: { person: { id: olena.id, by: 'only-one' } } });
  expect(saved).toEqual([]);
});

test('A12: a family that shares a number is told apart by name, wherever the number stands', async () => {
  const husband = { id: '1100100000001001', name: 'Петро Зразковий', phone: '0671234567' };
  const wife = { ...olena, phone: '0501112233', details: detailsWith('0501112233', '0671234567') };
  const desk = deskWith(({ operator, alias }) => (operator === 'IL' ? [husband] : alias === 'details' ? [husband, wife] : []));
  expect(await findPerson(wanted, desk)).toMatchObject({ value: { person: { id: wife.id, by: 'same-name', others: [husband.id] } } });
});

test('A12: of several numbers that the buyer left every one is looked for', async () => {
  const desk = deskWith(({ value }) => (JSON.stringify(value).includes('501112233') ? [{ ...olena, phone: '0501112233' }] : []));
  expect(await findPerson({ ...wanted, phones: ['+380671234567', '+380501112233'] }, desk)).toMatchObject({ value: { person: { id: olena.id } } });
});

test('A12: an e-mail address makes somebody with another number the buyer only under the same name', async () => {
  const email = 'shop@example.com';
  const [namesake, stranger] = ['Олена Зразкова', 'Інша Людина'].map((name) => ({ id: '1100100000001005', name, phone: '0990000000', email }));
  const find = (person: unknown) => findPerson({ ...wanted, email }, deskWith(({ alias }) => (alias === 'email' ? [person] : [])));
  expect(await find(namesake)).toMatchObject({ value: { person: { id: '1100100000001005' } } });
  expect(await find(stranger)).toMatchObject({ value: { person: null } });
});

test('A21: whom nobody finds is created in the same turn', async () => {
  const saved: unknown[] = [];
  expect(await createPersonOnce(wanted, deskWith([], { saved }))).toEqual({ kind: 'done', value: { person: { id: '1100100000001099', name: 'Олена Зразкова', by: 'created', others: [] } } });
  expect(saved).toHaveLength(1);
});

test('F7 A12: a record that cannot be read hides nobody else, and is never taken for nobody', async () => {
  const broken = { id: '1100100000001003', name: ['?'], phone: '0671234567', email: 'olena@example.com' };
  const whole = { id: 1100100000001002, name: 'Оле\0на', phone: '(067) 123-45-67', email: 'Olena@example.com' };
  for (const asked of [wanted, { ...wanted, phone: null, phones: [], email: 'olena@example.com' }]) {
    expect(await findPerson(asked, deskWith([broken, whole]))).toMatchObject({ kind: 'done', value: { person: { id: '1100100000001002', name: 'Олена' } } });
    expect(await findPerson(asked, deskWith([broken]))).toMatchObject({ kind: 'rejected', failure: { code: 'person-unreadable', message: expect.stringContaining('1100100000001003') } });
  }
});
