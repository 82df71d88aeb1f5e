import { key, openTestBase, post, type TestBase } from '../spec-support/test-base.js';

let test: TestBase;
beforeEach(async () => (test = await openTestBase()));
afterEach(() => test.simulator.close());

const packet = JSON.stringify({ version: '0.25', key, action: 'request', params: { from: 'catalogs.firms', fields: { id: 'id' } } });
const expected = [{ id: '1100400000001001', id__pr: 'Фірма' }];
const send = async (path: string, body: RequestInit['body'], type?: string) => {
  const answer = await fetch(test.simulator.baseUrl + path, { method: 'POST', body, ...(type ? { headers: { 'content-type': type } } : {}) });
  return { status: answer.status, text: await answer.text() };
};

describe('a packet', () => {
  it.each(['/', '/api/'])('arrives at %s as form field, multipart part and raw JSON', async (path) => {
    const multipart = new FormData();
    multipart.set('packet', packet);
    for (const [body, type] of [[new URLSearchParams({ packet })], [multipart], [packet, 'application/json']] as const) {
      expect(JSON.parse((await send(path, body, type)).text)).toEqual(expected);
    }
  });

  it('keeps &, + and % of its texts when the field is encoded', async () => {
    const name = 'Борщ & Co + 5% "знижки"';
    const { id } = await test.call('saveObject', { header: { id: 'catalogs.persons', name } });
    expect((await test.object(id)).header['name']).toEqual({ uk: name, ru: name });
  });

  it('with a wrong or revoked key is answered with bad key', async () => {
    expect(await (await post(test.simulator.baseUrl, 'listMetadata', {}, { key: 'nobody' })).json()).toEqual({ error: 'bad key' });
    test.control.revokeKey({ name: 'key-1' });
    expect(await test.call('listMetadata')).toEqual({ error: 'bad key' });
    expect(test.control.requests()).toEqual([expect.objectContaining({ executed: false, request: expect.objectContaining({ key: 'key-1' }) })]);
  });

  it('with an unknown action is refused with status 200', async () => {
    const answer = await post(test.simulator.baseUrl, 'getObjects', {});
    expect([answer.status, await answer.json()]).toEqual([200, { error: 'unknown action getObjects', clientMessages: [] }]);
  });

  it.each([
    ['error', 200, '{"error":"bad packet"}'],
    ['html-500', 500, expect.stringContaining('<html>')],
    ['empty', 200, ''],
  ] as const)('that is malformed is answered as malformedPacketAnswer %s says', async (malformedPacketAnswer, status, text) => {
    test.control.setSwitches({ malformedPacketAnswer });
    expect(await send('/', new URLSearchParams({ packet: `{"key":"${key}",` }))).toEqual({ status, text });
  });

  it('that is missing is no packet, and other methods and paths are none of the API', async () => {
    expect((await send('/', new URLSearchParams({ body: packet }))).text).toBe('{"error":"bad packet"}');
    expect((await send('/', '')).text).toBe('{"error":"bad packet"}');
    expect((await send('/v2/', packet)).status).toBe(404);
    expect((await fetch(test.simulator.baseUrl)).status).toBe(405);
  });
});

it('logs every request with its answer, and never the key', async () => {
  await test.call('request', { from: 'catalogs.firms', fields: { id: 'id' } });
  await test.call('getObject', { id: '1100400000009999' });
  expect(test.control.requests()).toMatchObject([
    { seq: 1, operation: 'request catalogs.firms', executed: true, status: 200, answer: { rows: 1 }, request: { version: '0.25', key: 'key-1', action: 'request' } },
    { seq: 2, operation: 'getObject', answer: { error: 'object with id 1100400000009999 not found', clientMessages: [] } },
  ]);
  expect(test.control.requests({ since: 1 })).toHaveLength(1);
  expect(JSON.stringify(test.control.requests())).not.toContain(key);
});
