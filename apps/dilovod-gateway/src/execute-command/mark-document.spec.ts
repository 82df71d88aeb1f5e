import type { ApiAnswer } from '@kds/kernel';
import type { DilovodActions } from './dilovod-desk.js';
import { markDocument } from './mark-document.js';

const command = { kind: 'mark-document', orderId: 9051, documentId: '1109100000001001', type: 'saleOrder', state: null } as const;
const refused: ApiAnswer<never> = { kind: 'rejected', failure: { code: 'refused', message: 'no' } };

/** A base that answers saves and marks as told, and shows the document marked from the given read on (0: never). */
function baseThat({ save, mark, markedFromRead }: { readonly save: ApiAnswer<string>; readonly mark: ApiAnswer<'ok'>; readonly markedFromRead: number }) {
  const asked: string[] = [];
  let reads = 0;
  const call = <T>(name: string, answer: ApiAnswer<T>) => {
    asked.push(name);
    return Promise.resolve({ answer, latencyMs: 1, called: true });
  };
  const dilovod = {
    saveObject: () => call('saveObject', save),
    setDelMark: () => call('setDelMark', mark),
    getObject: (id: string) => {
      reads += 1;
      const delMark = markedFromRead > 0 && reads >= markedFromRead ? '1' : '0';
      return call('getObject', { kind: 'done', value: { header: { id, delMark, posted: '0' }, tableParts: {} } });
    },
  } as unknown as DilovodActions;
  const desk = { dilovod, tenant: {} as never, within: () => ({ timeoutMs: 1_000, signal: new AbortController().signal }), local: String, present: () => [], later: () => '', log: { warn: () => undefined } };
  return { asked, run: () => markDocument(command, desk) };
}

const saved: ApiAnswer<string> = { kind: 'done', value: command.documentId };
const ok: ApiAnswer<'ok'> = { kind: 'done', value: 'ok' };

it('is done when the saved mark can be read', async () => {
  const { run, asked } = baseThat({ save: saved, mark: ok, markedFromRead: 1 });
  expect(await run()).toEqual({ kind: 'done', value: { kind: 'marked' } });
  expect(asked).toEqual(['saveObject', 'getObject']);
});

it('marks by the action for that when the save left no mark', async () => {
  const { run, asked } = baseThat({ save: saved, mark: ok, markedFromRead: 2 });
  expect(await run()).toEqual({ kind: 'done', value: { kind: 'marked' } });
  expect(asked).toEqual(['saveObject', 'getObject', 'setDelMark', 'getObject']);
});

it('is refused when neither leaves a mark', async () => {
  expect(await baseThat({ save: saved, mark: ok, markedFromRead: 0 }).run()).toMatchObject({ kind: 'rejected', failure: { code: 'not-marked' } });
});

it('is done when the save is refused because the mark is there already', async () => {
  const { run } = baseThat({ save: refused, mark: ok, markedFromRead: 1 });
  expect(await run()).toEqual({ kind: 'done', value: { kind: 'marked' } });
});

it('passes a refusal on without trying a way round it', async () => {
  const { run, asked } = baseThat({ save: refused, mark: ok, markedFromRead: 0 });
  expect(await run()).toEqual(refused);
  expect(asked).not.toContain('setDelMark');
});
