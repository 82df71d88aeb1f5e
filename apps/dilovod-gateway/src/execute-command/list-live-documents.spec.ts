import type { Tenant } from '@kds/tenancy';
import type { DilovodActions, DilovodDesk } from './dilovod-desk.js';
import { listLiveDocuments } from './list-live-documents.js';

/** A base that lists these orders, and no document of another type. */
function deskWith(rows: readonly object[]): DilovodDesk {
  const request: DilovodActions['request'] = async ({ from }) => ({
    answer: { kind: 'done', value: (from === 'documents.saleOrder' ? rows : []) as [] },
    latencyMs: 1,
    called: true,
  });
  const tenant = { spec: { dilovod: { firm: 'f' } } } as unknown as Tenant;
  return {
    dilovod: { request } as unknown as DilovodActions,
    tenant,
    within: () => ({ timeoutMs: 1_000, signal: new AbortController().signal }),
    present: () => [],
    later: () => '',
    local: String,
    log: { warn: () => undefined },
  };
}

const list = (...rows: readonly object[]) =>
  listLiveDocuments({ kind: 'list-documents', from: '2026-01-01' }, deskWith(rows));

it.each([
  ['2026-03-05 14:20:00', '2026-03-05'],
  ['2024-02-29', '2024-02-29'],
  ['0000-00-00 00:00:00', null],
  ['2026-02-31 00:00:00', null],
  ['05.03.2026', null],
  ['', null],
])('F7: the date %j is the day %j, which the ledger can keep', async (date, madeOn) => {
  expect(await list({ id: '1', date })).toMatchObject({ kind: 'done', value: { columns: { madeOn: [madeOn] } } });
});

it('F7: a document that cannot be read is named, and the others are listed', async () => {
  expect(await list({ id: '1', number: '00\u000001' }, { id: '2', number: ['?'] })).toMatchObject({
    kind: 'done',
    value: { columns: { id: ['1'], number: ['0001'] }, whole: true, unreadable: ['2'] },
  });
  expect(await list({ id: '1' }, { id: 'abc', number: '2' })).toMatchObject({
    kind: 'failed',
    failure: { code: 'bad-answer' },
  });
});
