import type { BookedLine, DocumentRow, DocumentScope, DocumentType, OrderMembers } from './order-binding.js';

/** What every document of an order says in its header. */
export interface DocumentHeader {
  readonly orderId: number;
  readonly firm: string;
  readonly person: string;
  readonly currency: string;
  readonly business: string | null;
  /** Of the header; rows carry their own. */
  readonly storage: string;
}

export interface SaleOrderDraft extends DocumentHeader, OrderMembers {
  /** ISO instant; the writer clamps it to its own present. */
  readonly orderedAt: string;
  readonly state: string | null;
  readonly rows: readonly DocumentRow[];
  /** What each line of the order is booked as; kept with the binding, not sent. */
  readonly booked: readonly BookedLine[];
}

/** How an order document was last known to stand: where it stands otherwise, nothing is written, and it is looked at anew. */
export interface SaleOrderExpected {
  readonly person: string;
  readonly members: OrderMembers | null;
  readonly rows: readonly DocumentRow[];
}

export interface SaleDraft extends DocumentHeader {
  readonly saleOrder: string;
  readonly rows: readonly DocumentRow[];
}

export interface SaleReturnDraft extends SaleDraft {
  readonly sale: string;
}

/** Where documents of an order are looked for that bear no key of ours: people link a shipment or a return to the order document by its contract. */
export interface LinkedTo {
  readonly saleOrders: readonly string[];
}

export interface CreateSaleOrder {
  readonly kind: 'save-sale-order';
  readonly orderId: number;
  readonly documentId: null;
  readonly reserve: boolean;
  /** When Dilovod was last seen to hold the person, ISO; `null` where nobody looks: the end consumer. */
  readonly personSeenAt: string | null;
  readonly draft: SaleOrderDraft;
}

export interface UpdateSaleOrder {
  readonly kind: 'save-sale-order';
  readonly orderId: number;
  readonly documentId: string;
  readonly expected: SaleOrderExpected;
  /** What KeyCRM's order asks for; the draft differs where a person's change in Dilovod stays. */
  readonly wanted: OrderMembers & { readonly person: string };
  readonly draft: SaleOrderDraft;
}

/** A request to Dilovod that brings one order's documents a step closer to what its stage asks for. */
export type OrderCommand =
  | ({ readonly kind: 'find-documents'; readonly orderId: number; readonly type: DocumentScope } & LinkedTo)
  | CreateSaleOrder
  | UpdateSaleOrder
  /** `known`: shipments of the order that are known; one that is not, and that somebody linked to it, is told of instead of making another. */
  | { readonly kind: 'save-sale'; readonly orderId: number; readonly known: readonly string[]; readonly draft: SaleDraft }
  /** `documentId` names a return of the same sale that is brought to the draft; `known`: returns of the order that are known. */
  | {
      readonly kind: 'save-sale-return';
      readonly orderId: number;
      readonly documentId: string | null;
      readonly known: readonly string[];
      readonly draft: SaleReturnDraft;
    }
  | { readonly kind: 'set-order-state'; readonly orderId: number; readonly documentId: string; readonly state: string }
  | { readonly kind: 'relink-sale'; readonly orderId: number; readonly documentId: string; readonly saleOrder: string }
  | { readonly kind: 'read-document'; readonly orderId: number; readonly documentId: string }
  | { readonly kind: 'mark-document'; readonly orderId: number; readonly documentId: string; readonly type: DocumentType; readonly state: string | null };

export type OrderCommandKind = OrderCommand['kind'];
