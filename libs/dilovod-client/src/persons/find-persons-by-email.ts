import { done } from '@kds/kernel';
import { type CallOptions, type DilovodCall, turnRows } from '../dilovod-call.js';
import type { DilovodClient } from '../dilovod-client.js';
import type { DilovodQuery } from '../dilovod-packets.js';
import { sortOut } from '../read-rows.js';
import { type DilovodPerson, fromPersonRow } from './find-persons-by-phone.js';

/** Every person who is not marked and whose own e-mail address is one of these (at most 50). One request. */
export async function findPersonsByEmail(
  client: Pick<DilovodClient, 'request'>,
  emails: readonly string[],
  options: CallOptions,
): Promise<DilovodCall<readonly DilovodPerson[]>> {
  const query: DilovodQuery = {
    from: 'catalogs.persons',
    fields: { id: 'id', name: 'name', email: 'email', delMark: 'delMark' },
    filters: [
      { alias: 'email', operator: 'IL', value: emails },
      { alias: 'delMark', operator: '=', value: false },
    ],
  };
  return turnRows(await client.request(query, options), (rows) => done(sortOut(rows, { read: fromPersonRow })));
}
