import type * as Dilovod from '@kds/dilovod-client';
import type { DocumentHeader, SaleDraft, SaleOrderDraft, SaleReturnDraft } from '@kds/sync-domain';

/** The moment of writing, and how the base writes moments. */
export interface Present {
  readonly now: Date;
  readonly local: (moment: Date) => string;
}

/** The order's own time is the document's, unless it lies ahead. */
export function toSaleOrderDraft(draft: SaleOrderDraft, { now, local }: Present): Dilovod.SaleOrderDraft {
  const { state, author, tradeChanel, paymentForm, details, remarkFromPerson, note, rows } = draft;
  const orderedAt = new Date(draft.orderedAt);
  return { ...toHeader(draft), date: local(orderedAt < now ? orderedAt : now), state, author, tradeChanel, paymentForm, details, remarkFromPerson, remarkTail: note, rows };
}

export function toSaleDraft(draft: SaleDraft, { now, local }: Present): Dilovod.SaleDraft {
  return { ...toHeader(draft), date: local(now), baseDoc: draft.saleOrder, contract: draft.saleOrder, rows: draft.rows };
}

export function toSaleReturnDraft(draft: SaleReturnDraft, { now, local }: Present): Dilovod.SaleReturnDraft {
  return { ...toHeader(draft), date: local(now), baseDoc: draft.sale, contract: draft.saleOrder, rows: draft.rows };
}

function toHeader({ orderId, firm, person, currency, business, storage }: DocumentHeader): DocumentHeader {
  return { orderId, firm, person, currency, business, storage };
}
