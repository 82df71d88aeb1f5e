import type { Decimal } from '@kds/kernel';
import type { PersonWanted } from '../persons/person-key.js';
import type { Observation } from './order.js';
import type { OrderCommand } from './order-command.js';
import type { OrderBinding } from './order-binding.js';
import type { OrderMapping } from './order-mapping.js';
import type { AfterShipment } from './order-rules.js';

/** The Dilovod counterpart of a SKU, or why there is none. */
export type GoodFact =
  /** `stale`: read so long ago that it is read again before a document is made of it. */
  | { readonly kind: 'known'; readonly good: string; readonly unit: string; readonly stale?: boolean }
  /** Not in the catalogue as last read; `asked` when it was looked for by name since the order was seen. */
  | { readonly kind: 'absent'; readonly asked: boolean }
  | { readonly kind: 'repeated'; readonly goods: readonly string[] };

export type PersonFact =
  | {
      readonly kind: 'known';
      readonly id: string;
      /** As Dilovod calls the person. */
      readonly name: string | null;
      /** When Dilovod was last asked, ISO. */
      readonly seenAt: string;
      readonly choice: { readonly by: string; readonly others: readonly string[] } | null;
    }
  /** Looked for and not there. */
  | { readonly kind: 'absent' }
  /** Dilovod would not look or would not create. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'unknown' };

/** Which currency the order's sums are in, by the source that it came through. */
export type CurrencyFact =
  | { readonly kind: 'own' }
  | { readonly kind: 'other'; readonly code: string }
  /** Sources or currencies have not been read yet. */
  | { readonly kind: 'unread' }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  /** KeyCRM lists the source no more, or Dilovod does not say which currency the client's is. */
  | { readonly kind: 'unknown'; readonly message: string };

/** A live document in Dilovod that bears no order's key: somebody made it by hand, or a program that knew nothing of keys. */
export interface UnkeyedDocument {
  readonly type: 'saleOrder' | 'sale';
  readonly id: string;
  readonly number: string | null;
  readonly person: string | null;
  readonly amount: Decimal | null;
  /** The day of the document in the base's calendar, `YYYY-MM-DD`. */
  readonly madeOn: string | null;
  /** Whole numbers that stand in its remark: one may be the order's. */
  readonly mentions: readonly number[];
}

/** A request that Dilovod refused, kept until something that could change its mind has happened. */
export interface Refusal {
  /** The command as canonical JSON. */
  readonly command: string;
  readonly code: string;
  readonly message: string;
  readonly detail?: unknown;
}

/** Everything that a decision about one order depends on. */
export interface OrderFacts {
  readonly observation: Observation;
  readonly binding: OrderBinding;
  readonly mapping: OrderMapping;
  readonly goods: ReadonlyMap<string, GoodFact>;
  /** Why Dilovod does not let its catalogue be read. */
  readonly goodsRefused: { readonly code: string; readonly message: string } | null;
  readonly person: PersonFact;
  readonly currency: CurrencyFact;
  /** Goods of the order's documents that Dilovod's catalogue has no more. */
  readonly struck: ReadonlySet<string>;
  /** Documents without a key that may be about this order, as far as they were listed; not `fresh`: somebody had reason to make one by hand since. */
  readonly unkeyed: { readonly fresh: boolean; readonly documents: readonly UnkeyedDocument[] };
  readonly refusals: readonly Refusal[];
  /** A person decided to leave this order as it is, as long as nothing in it changes. */
  readonly dropped: boolean;
  /** What a person let go, as long as nothing in the order changes. */
  readonly released: Released | null;
  /** How people know the goods that Dilovod's documents of the order have: by article, else by name. */
  readonly articles: ReadonlyMap<string, string>;
}

/** A held order that a person let go: the reason and the facts that it was held with, and how a shipment is to be undone where that was the question. */
export interface Released {
  readonly reason: string;
  readonly detail: unknown;
  readonly as: AfterShipment | null;
}

/** What to do about an order now. Every decision names its reason; `message` is for people. */
export type OrderDecision =
  /** `detail` is for the order's story: what is overwritten, who was chosen. */
  | { readonly kind: 'dispatch'; readonly reason: string; readonly command: OrderCommand; readonly detail?: unknown }
  | { readonly kind: 'find-person'; readonly reason: string; readonly person: PersonWanted }
  | { readonly kind: 'create-person'; readonly reason: string; readonly person: PersonWanted }
  | { readonly kind: 'find-goods'; readonly reason: string; readonly skus: readonly string[] }
  | { readonly kind: 'read-currencies'; readonly reason: string }
  | { readonly kind: 'list-documents'; readonly reason: string }
  | { readonly kind: 'nothing'; readonly reason: string }
  | { readonly kind: 'park'; readonly reason: string; readonly message: string; readonly detail?: unknown };
