import { actionsOver } from '../dilovod-client.js';
import { createPerson, findPersonsByPhone, phoneSpellings, toPersonPacket } from '../index.js';

const soon = { timeoutMs: 1_000 };

test('A12: spells a Ukrainian phone in every usual way, within one list', () => {
  const spellings = phoneSpellings('+380501112233');
  expect(spellings.length).toBeLessThanOrEqual(50);
  expect(new Set(spellings).size).toBe(spellings.length);
  expect(spellings).toEqual(
    expect.arrayContaining([
      '+380501112233', '380501112233', '0501112233', '80501112233', '050 111 22 33', '050-111-22-33', '050 111-22-33', '(050) 111-22-33', '(050)111-22-33', '(050)1112233',
      '+38 (050) 111-22-33', '+38(050)111-22-33', '+38 050 111 22 33', '+380 50 111 22 33', '+380 (50) 111-22-33', '+38(050)1112233', '8-050-111-22-33', '8 (050) 111-22-33', '+38050 111 22 33',
    ]),
  );
  expect(phoneSpellings('+48123456789')).toEqual(['+48123456789', '48123456789', '0048123456789']);
});

test('A12: a new person has contacts where the look-up will find them', () => {
  const { header } = toPersonPacket({ name: 'Шевченко Тарас Григорович', phone: '+380501112233', email: 'a@b.ua' });
  expect(header).toMatchObject({ id: 'catalogs.persons', name: { uk: 'Шевченко Тарас Григорович', ru: 'Шевченко Тарас Григорович' }, phone: '380501112233', email: 'a@b.ua' });
  expect(JSON.parse(String(header.details))).toEqual({
    phones: [{ pr: '380501112233', kind: 'phone' }],
    emails: [{ pr: 'a@b.ua', kind: 'email' }],
    messengers: [],
    urls: [],
    attributes: [],
    notes: [],
    names: [{ pr: { uk: 'Шевченко Тарас Григорович', ru: 'Шевченко Тарас Григорович' }, kind: 'fullName' }],
    addresses: [],
  });
  expect(phoneSpellings('+380501112233')).toContain(header.phone);
  expect(Object.keys(toPersonPacket({ name: 'Іван' }).header)).toEqual(['id', 'name', 'details']);
});

test('a base that takes no phone in the header gets it in the details', async () => {
  const sent: unknown[] = [];
  const client = actionsOver(async (packet) => {
    const { header } = (packet as { params: { header: Record<string, unknown> } }).params;
    sent.push(header.phone);
    return { kind: 'json', status: 200, json: header.phone === undefined ? { result: 'ok', id: '1100100000001044' } : { error: 'cant set value of header.phone: bad value, or field doesnt exist' } };
  }, { apiKey: 'k' });
  expect(await createPerson(client, { name: 'Іван', phone: '+380501112233' }, soon)).toMatchObject({ answer: { kind: 'done', value: '1100100000001044' } });
  expect(sent).toEqual(['380501112233', undefined]);
});

test('A12: finds persons in one request and reads details that anybody may have written', async () => {
  const asked: unknown[] = [];
  const rows = [
    { id: '1100100000001044', name: 'Іван', phone: '0501112233', email: '', delMark: '0', details: '{"phones":[{"pr":"380501112233"},{"pr":"0501112233"}],"emails":[{"pr":"a@b.ua"}]}' },
    { id: '1100100000001045', name: { uk: 'Олена' }, phone: '+380501112233', delMark: '1', details: 'дзвонити після 18' },
    { id: '1100100000001046', details: '{"phones":"none"}' },
  ];
  const client = actionsOver(async (packet) => {
    asked.push((packet as { params: unknown }).params);
    return { kind: 'json', status: 200, json: rows };
  }, { apiKey: 'k' });
  expect(await findPersonsByPhone(client, ['+380501112233'], soon)).toMatchObject({
    answer: {
      value: [
        { id: '1100100000001044', name: 'Іван', phones: ['0501112233', '380501112233'], emails: ['a@b.ua'], delMark: false },
        { id: '1100100000001045', name: 'Олена', phones: ['+380501112233'], emails: [], delMark: true },
        { id: '1100100000001046', name: null, phones: [], emails: [], delMark: null },
      ],
    },
  });
  expect(asked).toMatchObject([{ from: 'catalogs.persons', filters: [{ alias: 'phone', operator: 'IL', value: phoneSpellings('+380501112233') }] }]);
});
