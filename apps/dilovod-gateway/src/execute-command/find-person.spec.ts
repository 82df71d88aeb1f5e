import type { DilovodQuery } from '@kds/dilovod-client';
import type { DilovodDesk } from './dilovod-desk.js';
import { findPerson } from './find-person.js';

/** A base that answers every request with these rows. */
function deskWith(rows: readonly unknown[], asked: unknown[] = []): DilovodDesk {
  const request = async ({ filters }: DilovodQuery) => {
    asked.push(filters);
    return { answer: { kind: 'done', value: rows } };
  };
  return { dilovod: { request }, within: () => ({ timeoutMs: 1_000 }), log: { warn: () => undefined } } as unknown as DilovodDesk;
}

const command = { kind: 'find-person', key: 'k', name: 'Олена', phone: '+380671234567', email: null } as const;

test('A12: a person whose phone Dilovod does not show is neither taken for the buyer nor made a second time', async () => {
  const closed = { id: '1100100000001001', name: '[access restricted]', phone: '[access restricted]', delMark: '0' };
  expect(await findPerson(command, deskWith([closed]))).toMatchObject({ kind: 'rejected', failure: { code: 'person-unreadable', message: expect.stringContaining('role') } });
  expect(await findPerson(command, deskWith([closed, { id: '1100100000001002', name: 'Олена', phone: '(067) 123-45-67' }]))).toEqual({ kind: 'done', value: { found: [{ id: '1100100000001002', name: 'Олена' }] } });
  expect(await findPerson(command, deskWith([{ ...closed, delMark: '1' }]))).toEqual({ kind: 'done', value: { found: [] } });
});

test('A12: somebody whose phone only resembles the one asked for is not the buyer', async () => {
  expect(await findPerson(command, deskWith([{ id: '1', name: 'Олена', phone: '067 123 45 68' }, { id: '2', name: 'Олена', phone: '67 123' }]))).toEqual({ kind: 'done', value: { found: [] } });
});

test('A12: what is no phone is looked for only where there is no e-mail', async () => {
  const asked: unknown[] = [];
  await findPerson({ ...command, phone: '12345', email: 'Olena@Example.com' }, deskWith([], asked));
  await findPerson({ ...command, phone: '12345' }, deskWith([], asked));
  expect(asked).toMatchObject([[{ alias: 'email', value: ['Olena@Example.com', 'olena@example.com', 'Olena@example.com'] }, {}], [{ alias: 'phone', value: expect.arrayContaining(['12345']) }]]);
});

test('F7 A12: a record that cannot be read hides nobody else, and is never taken for nobody', async () => {
  const broken = { id: '1100100000001003', name: ['?'], phone: '0671234567', email: 'olena@example.com' };
  const whole = { id: 1100100000001002, name: 'Оле\0на', phone: '(067) 123-45-67', email: 'Olena@example.com' };
  for (const wanted of [command, { ...command, phone: null, email: 'olena@example.com' }]) {
    expect(await findPerson(wanted, deskWith([broken, whole]))).toEqual({ kind: 'done', value: { found: [{ id: '1100100000001002', name: 'Олена' }] } });
    expect(await findPerson(wanted, deskWith([broken]))).toMatchObject({ kind: 'rejected', failure: { code: 'person-unreadable', message: expect.stringContaining('1100100000001003') } });
  }
});
