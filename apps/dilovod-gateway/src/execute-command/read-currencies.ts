import type { CurrencyRow, DilovodCommand, ResultOf } from '@kds/contracts';
import { type DilovodDictionaryRecord, readRecords } from '@kds/dilovod-client';
import { turn } from '@kds/gateway';
import type { ApiAnswer } from '@kds/kernel';
import type { DilovodDesk } from './dilovod-desk.js';

/** The base's currencies that have a code of ISO 4217, marked ones too: something may still be kept in them. */
export async function readCurrencies(
  _command: Extract<DilovodCommand, { kind: 'read-currencies' }>,
  { dilovod, within }: DilovodDesk,
): Promise<ApiAnswer<ResultOf['read-currencies']>> {
  const { answer } = await readRecords(dilovod, 'catalogs.currency', within());
  return turn(answer, (records) => ({ rows: records.flatMap(toCurrencyRow) }));
}

function toCurrencyRow({ id, code }: DilovodDictionaryRecord): readonly CurrencyRow[] {
  const letters = code?.trim().toUpperCase() ?? '';
  return /^[A-Z]{3}$/.test(letters) ? [{ id, code: letters }] : [];
}
