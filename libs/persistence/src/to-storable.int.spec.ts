import fc from 'fast-check';
import { cleanText, cleanTexts } from '@kds/kernel';
import { freshDatabase, startTestServers, type TestServers } from '@kds/testing';
import type { DataSource } from 'typeorm';
import { openDatabase, row, toStorable } from './index.js';

let servers: TestServers;
let database: DataSource;
beforeAll(async () => {
  servers = await startTestServers();
  database = await openDatabase({ url: await freshDatabase(servers), migrations: [], applicationName: 'test' });
});
afterAll(async () => {
  await database?.destroy();
  await servers?.stop();
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('a', '\0', '\\', '"', '\\u0000', '\\ud83d', '\ud83d', '\ude00', '{', ']'))
    .map((parts) => parts.join('')),
);

test('F7: whatever text is given, Postgres takes it as a text, in a list and in JSON', async () => {
  await fc.assert(
    fc.asyncProperty(anyText, async (text) => {
      const stored = await row<{ text: string; list: string[]; json: unknown }>(
        database.manager,
        'select $1::text as text, $2::text[] as list, $3::jsonb as json',
        [text, [text], JSON.stringify({ [`k${text}`]: [text] })],
      );
      expect(stored?.list).toEqual([stored?.text]);
      expect(cleanTexts(stored?.json)).toEqual({ [`k${cleanText(text)}`]: [cleanText(text)] });
    }),
    { numRuns: 300 },
  );
});

test('F7: what Postgres takes is left as it is', () => {
  const texts = ['{"a": "\\\\u0000", "b": 1.50}', 'C:\\u0000', 'плюс\u0001', '[not json \\ud83d'];
  expect(texts.map(toStorable).slice(1)).toEqual(['C:\\u0000', 'плюс\u0001', '[not json \\ud83d']);
  expect(JSON.parse(toStorable(texts[0]) as string)).toEqual({ a: '\\u0000', b: 1.5 });
  expect([7, null, undefined, new Date(0), ['a', null]].map(toStorable)).toEqual([
    7,
    null,
    undefined,
    new Date(0),
    ['a', null],
  ]);
});
