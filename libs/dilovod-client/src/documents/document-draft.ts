import type { Decimal } from '@kds/kernel';

/**
 * A document as it shall stand in Dilovod. References are 16-digit ids; `date` is base-local, `YYYY-MM-DD HH:MM:SS`; optional references are left
 * out when `null`.
 */
export interface DilovodDocumentDraft {
  /** The KeyCRM order, under whose number the document is found again. */
  readonly orderId: number;
  readonly date: string;
  readonly firm: string;
  readonly person: string;
  readonly currency: string;
  readonly storage: string;
  readonly business?: string | null;
  /** More text for the remark, after the order's number. */
  readonly remarkTail?: string | null;
  readonly rows: readonly DilovodRowDraft[];
}

/** Money in the document's currency. `price` and `priceAmount` (price × qty, to the kopeck) are before all discounts, `amountCur` after. */
export interface DilovodRowDraft {
  readonly good: string;
  readonly unit: string;
  readonly qty: Decimal;
  readonly price: Decimal;
  readonly priceAmount: Decimal;
  readonly discount: Decimal;
  readonly amountCur: Decimal;
  readonly storage: string;
}

export interface SaleOrderDraft extends DilovodDocumentDraft {
  readonly state?: string | null;
  readonly author?: string | null;
  readonly tradeChanel?: string | null;
  readonly paymentForm?: string | null;
  /** Contact of a buyer who has no person of his own. */
  readonly details?: string | null;
  readonly remarkFromPerson?: string | null;
}

/** `baseDoc` and `contract` are both the saleOrder. */
export interface SaleDraft extends DilovodDocumentDraft {
  readonly baseDoc: string;
  readonly contract: string;
}

/** `baseDoc` is the sale, `contract` the saleOrder. */
export type SaleReturnDraft = SaleDraft;
