import { actionsOver } from '../dilovod-client.js';
import type { Exchange } from '../dilovod-http.js';
import { listDocuments } from './list-documents.js';

interface Packet {
  readonly params: { readonly from: string; readonly filters: readonly { readonly alias: string; readonly operator: string; readonly value: string }[] };
}

/** A base with one document of each type on each of these days, whose answers may have so many rows. */
function baseWith(days: readonly string[], { mostRows = Infinity, closed = [] as readonly string[] } = {}) {
  const asked: string[] = [];
  const post = async (packet: object): Promise<Exchange> => {
    const { from: type, filters } = (packet as Packet).params;
    const bound = (operator: string) => filters.find((filter) => filter.alias === 'date' && filter.operator === operator)?.value;
    const [from = '', to] = [bound('>='), bound('<')];
    asked.push(`${type} ${from} ${to ?? ''}`.trim());
    if (closed.includes(type)) return { kind: 'json', status: 200, json: { error: `Access to ${type} denied, check role settings`, clientMessages: [] } };
    const rows = days.filter((day) => day >= from && (to === undefined || day < to)).map((day) => ({ id: `11091${day.replaceAll('-', '')}000`, date: `${day} 10:00:00`, remark: '', delMark: '0' }));
    if (rows.length > mostRows) return { kind: 'trouble', failure: { code: 'oversize', message: 'too much' }, called: true, mayHaveRun: true };
    return { kind: 'json', status: 200, json: rows };
  };
  return { asked, client: actionsOver(post, { apiKey: 'k' }) };
}

const days = ['2026-01-05', '2026-02-05', '2026-03-05', '2026-03-06', '2026-11-05'];

test('F1: documents of every type are listed in a request each', async () => {
  const { asked, client } = baseWith(days);
  const { answer } = await listDocuments(client, { from: '2026-02-01' }, { timeoutMs: 1_000 });
  expect(asked).toEqual(['documents.saleOrder 2026-02-01', 'documents.sale 2026-02-01', 'documents.saleReturn 2026-02-01']);
  expect(answer).toMatchObject({ kind: 'done', value: { closed: [], documents: { length: 12 } } });
});

test('F5: what does not go into one answer is asked for in halves, and is whole', async () => {
  const { asked, client } = baseWith(days, { mostRows: 1 });
  const { answer } = await listDocuments(client, { from: '2026-01-01' }, { timeoutMs: 1_000 });
  if (answer.kind !== 'done') throw new Error('it is listed');
  expect(answer.value.documents.map(({ type, header }) => `${type} ${header.date?.slice(0, 10)}`)).toEqual(['saleOrder', 'sale', 'saleReturn'].flatMap((type) => days.map((day) => `documents.${type} ${day}`)));
  expect(asked.length).toBeLessThan(90);
});

test('F5: a day that does not go into one answer fails', async () => {
  const { client } = baseWith(['2026-11-05', '2026-11-05'], { mostRows: 1 });
  expect((await listDocuments(client, { from: '2026-11-01' }, { timeoutMs: 1_000 })).answer).toMatchObject({ kind: 'failed', failure: { code: 'oversize' } });
});

test('a type that is closed for the role is told, and the others are listed', async () => {
  const { client } = baseWith(days, { closed: ['documents.saleReturn'] });
  expect((await listDocuments(client, { from: '2026-11-01' }, { timeoutMs: 1_000 })).answer).toMatchObject({ kind: 'done', value: { closed: ['documents.saleReturn'], documents: { length: 2 } } });
});
