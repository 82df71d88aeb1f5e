import { type ApiAnswer, type ApiFailure, done } from '@kds/kernel';
import { type CallOptions, type DilovodCall, stepsWithin } from '../dilovod-call.js';
import type { DilovodQuery, DilovodRegister } from '../dilovod-packets.js';
import { readAllRows, type RowsClient } from '../read-all-rows.js';
import type { DilovodRecord } from '../read-json.js';
import { readRows } from '../read-rows.js';

export interface StockPeriod {
  /** Both base-local, `YYYY-MM-DD HH:MM:SS`. */
  readonly from: string;
  readonly to: string;
}

/** Tables that tell what moved; the first is used by integrations, the second is described. */
const tables = ['balanceAndTurnover', 'turnover'] as const;

const notShown: ApiFailure = {
  code: 'history-not-shown',
  message: 'Dilovod does not show which goods its stock register ever moved',
};

/**
 * Ids of all goods that had a row in the stock register in a period, of whatever firm and storage: goods, not services.
 * `rejected` with the base's own words where it knows neither table.
 */
export async function readStockHistory(
  client: RowsClient,
  period: StockPeriod,
  options: CallOptions,
): Promise<DilovodCall<readonly string[]>> {
  const steps = stepsWithin(options);
  let refusal: ApiAnswer<never> = { kind: 'rejected', failure: notShown };
  for (const type of tables) {
    const answer = await steps.take((left) =>
      readAllRows(client, { query: toQuery(type, period), key: ['good'] }, left),
    );
    if (answer.kind === 'failed' || answer.kind === 'unknown') return steps.end(answer);
    if (answer.kind === 'rejected') {
      refusal = answer;
      continue;
    }
    const goods = goodsOf(answer.value.rows);
    if (goods !== undefined) return steps.end(done(goods));
  }
  return steps.end(refusal);
}

function toQuery(type: DilovodRegister['type'], { from, to }: StockPeriod): DilovodQuery {
  return {
    from: { type, register: 'goods', startDate: from, endDate: to, dimensions: ['good'] },
    fields: { good: 'good' },
    assembleLinks: false,
  };
}

/** A base that leaves out what it does not know answers with rows without a good. */
function goodsOf(rows: readonly DilovodRecord[]): readonly string[] | undefined {
  const read = readRows(rows, { read: (fields) => fields.id('good'), key: 'good' });
  return read.kind === 'done' ? read.value.rows : undefined;
}
