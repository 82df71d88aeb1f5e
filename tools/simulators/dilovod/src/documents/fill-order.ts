import { type Base } from '../base/base.js';
import { predefined } from '../base/predefined.js';
import { noReference } from '../metadata/stored-value.js';
import { type Draft } from './draft.js';
import { amount, reference } from './lines.js';

/** Fills what an order lacks: on creation department, kind of settlements and the rate of hryvnias; always accGood. */
export function fillOrder(base: Base, draft: Draft): void {
  const { header } = draft;
  const fill = (name: string, id: string) => {
    if (reference(header, name) === noReference && base.objects.find(id)) header[name] = id;
  };
  if (!draft.before) {
    fill('department', predefined.mainDepartment);
    fill('settlementsKind', predefined.settlementsWithBuyers);
    const inHryvnias = reference(header, 'currency') === predefined.hryvnia;
    if (inHryvnias && amount(header, 'rate').eq(0)) header['rate'] = '1.0000';
  }
  draft.parts['tpGoods'] = (draft.parts['tpGoods'] ?? []).map((row) =>
    reference(row, 'accGood') === noReference ? { ...row, accGood: predefined.accountOfGoods } : row,
  );
}
