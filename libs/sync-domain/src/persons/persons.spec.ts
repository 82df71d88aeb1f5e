import fc from 'fast-check';
import { type Buyer, choosePerson, foldName, normalisePhone, plainPhone, toPersonWanted } from '../index.js';

const buyer = (change: Partial<Buyer> = {}): Buyer => ({ fullName: 'Зразкова Олена Іванівна', phone: '067 123 45 67', email: null, ...change });
const keyOf = (change: Partial<Buyer>) => toPersonWanted(buyer(change))?.key;

test.each([
  '+380671234567', '380671234567', '0671234567', '671234567', '80671234567', '00380671234567',
  '+38 (067) 123-45-67', '38(067)1234567', '(067) 123-45-67', '067.123.45.67', '8-067-123-45-67', '8 (067) 123 45 67', '+380 (67) 123 45 67', '+3800671234567',
  '067 123 45 67 доб. 12', '+380671234567 ext 5', '067-123-45-67 #12', 'тел. 067 123 45 67', '067 123 45 67 (viber)', 'tel:+380671234567', '\u202a067\u00a0123\u00a045\u00a067\u202c',
  '067 123 45 67, 050 111 22 33', '0671234567/0501112233', '067-123-45-67 або 050-111-22-33', '067 123 45 67 050 111 22 33', '380671234567380501112233', '0671234567 (мама); 12345',
])('A12: %j is the phone +380671234567', (typed) => {
  expect(normalisePhone(typed)).toBe('+380671234567');
});

test.each([
  ['+48 512 345 678', '+48512345678'],
  ['0048 512 345 678', '+48512345678'],
  ['48512345678', '+48512345678'],
  ['+1 212 736 5000', '+12127365000'],
  ['044 234 56 78', '+380442345678'],
])('A12: a phone of another country or of a city, %j, is %s', (typed, phone) => {
  expect(normalisePhone(typed)).toBe(phone);
});

test.each(['', ' ', '12345', '0000000000', '1111111', '+38067123456', '06712345678901', 'немає', '3806712345670'])('A12: %j is no phone', (typed) => {
  expect(normalisePhone(typed)).toBeUndefined();
});

test('A12: whatever stands in the field, reading it ends, and what it gives is read as the same again', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 60 }), fc.string({ unit: fc.constantFrom(...'+38067 123-45()/,;доб'), maxLength: 40 })), (typed) => {
      const phone = normalisePhone(typed);
      if (phone !== undefined) expect(normalisePhone(phone)).toBe(phone);
      expect(plainPhone(typed)).toMatch(/^\+?\d*$/);
    }),
  );
});

test('A12: a buyer is recognised by a valid phone, else by e-mail, else by the digits together with the name', () => {
  expect(keyOf({})).toBe('phone:+380671234567');
  expect(keyOf({ email: 'Olena@Example.com' })).toBe('phone:+380671234567');
  expect(keyOf({ phone: '12345', email: ' Olena@Example.com ' })).toBe('email:olena@example.com');
  expect(keyOf({ phone: null, email: 'olena@example.com' })).toBe('email:olena@example.com');
  expect(keyOf({ phone: '0000000000' })).toBe('digits:0000000000:зразкова олена іванівна');
  expect(keyOf({ phone: '0000000000', fullName: 'Інша Людина' })).not.toBe(keyOf({ phone: '0000000000' }));
  expect(keyOf({ phone: '123' })).toBeUndefined();
  expect(keyOf({ phone: null })).toBeUndefined();
  expect(toPersonWanted(null)).toBeUndefined();
});

test('A12: name and e-mail arrive as KeyCRM holds them, whole, the phone as a number that can be called', () => {
  expect(toPersonWanted(buyer({ fullName: '  Дем’яненко-О\'Браєн   Олена Іванівна ', email: 'Olena.D@Example.com' }))).toEqual({
    key: 'phone:+380671234567',
    name: "Дем’яненко-О'Браєн Олена Іванівна",
    phone: '+380671234567',
    phones: ['+380671234567'],
    email: 'Olena.D@Example.com',
  });
  expect(toPersonWanted(buyer({ fullName: 'ТОВ «Йога Плюс»' }))?.name).toBe('ТОВ «Йога Плюс»');
  expect(toPersonWanted(buyer({ fullName: null }))?.name).toBe('+380671234567');
});

test.each([
  ["Дем'яненко Олена", 'Демʼяненко Олена'],
  ['Дем’яненко Олена', 'олена ДЕМ`ЯНЕНКО'],
  ['Cергiй Попов', 'Сергій Попов'],
  ['Квітка\u2011Основ\u00a0яненко', 'Квітка-Основ яненко'],
  ['Юлія Йосипівна', 'Юлія\u0020Йосипівна'.normalize('NFD')],
  ['Зразкова, Олена', 'Олена Зразкова'],
])('A12: %j and %j are one name', (one, other) => {
  expect(foldName(one)).toBe(foldName(other));
});

test.each([
  ['Олена Зразкова', 'Олена Зразкіна'],
  ['John Smith', 'Јohn Smithson'],
])('A12: %j and %j are two names', (one, other) => {
  expect(foldName(one)).not.toBe(foldName(other));
});

describe('A12: of several persons with one phone', () => {
  const wanted = { key: 'phone:+380671234567', name: 'Олена Іванівна Дем’яненко' };
  const oldest = { id: '1100100000001001', name: 'Петро Дем’яненко' };
  const later = { id: '1100100000001002', name: "Дем'яненко Олена Іванівна" };
  const short = { id: '1100100000001003', name: 'Олена Демʼяненко' };

  test('the one of the same name is taken, whatever apostrophe it was typed with', () => {
    expect(choosePerson(wanted, [short, later, oldest])).toMatchObject({ id: later.id, by: 'same-name', others: [oldest.id, short.id] });
  });

  test('else the one whose name only lacks a part', () => {
    expect(choosePerson(wanted, [oldest, short])).toMatchObject({ id: short.id, by: 'same-name', others: [oldest.id] });
  });

  test('else the one known longest, and it is said that there were others', () => {
    expect(choosePerson({ ...wanted, name: 'Іван Інший' }, [later, oldest])).toMatchObject({ id: oldest.id, by: 'longest-known', others: [later.id] });
  });

  test('a first name alone makes nobody the same', () => {
    expect(choosePerson(wanted, [{ id: '9', name: 'Інший' }, { id: '10', name: 'Олена' }])).toMatchObject({ id: '9', by: 'longest-known' });
  });

  test('a single one is taken under any name, and none where there is none', () => {
    expect(choosePerson(wanted, [oldest])).toMatchObject({ id: oldest.id, by: 'only-one', others: [] });
    expect(choosePerson(wanted, [])).toBeUndefined();
  });

  test('a number that is no phone makes nobody the buyer but by name', () => {
    const unsure = { key: 'digits:0000000000:x', name: 'Олена Демʼяненко' };
    expect(choosePerson(unsure, [oldest])).toBeUndefined();
    expect(choosePerson(unsure, [oldest, short])).toMatchObject({ id: short.id, by: 'same-name' });
  });
});
