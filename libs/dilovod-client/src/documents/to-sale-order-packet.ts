import type { DilovodSavePacket } from '../dilovod-packets.js';
import type { DilovodRecord } from '../read-json.js';
import type { DilovodDocument } from './dilovod-document.js';
import type { SaleOrderDraft } from './document-draft.js';
import { withRemarkTail } from './order-key.js';
import { present, toSharedHeader, toTableParts } from './to-document-packet.js';

/** A new posted order. */
export function toSaleOrderPacket(draft: SaleOrderDraft): DilovodSavePacket {
  return { saveType: 1, header: { id: 'documents.saleOrder', ...toSaleOrderHeader(draft) }, tableParts: orderRows(draft) };
}

export function toSaleOrderHeader(draft: SaleOrderDraft): DilovodRecord {
  const { state, author, tradeChanel, paymentForm, details, remarkFromPerson } = draft;
  return { ...toSharedHeader(draft), ...present({ state, author, tradeChanel, paymentForm, details, remarkFromPerson }) };
}

/** Members that an order may lose again, and how Dilovod writes them empty. */
const emptied = { business: '0', author: '0', tradeChanel: '0', paymentForm: '0', details: '', remarkFromPerson: '' } as const;
export type EmptiableMember = keyof typeof emptied;

/** How an order stands that is brought to a draft, and our words that its remark had. */
export interface SaleOrderStanding {
  readonly document: DilovodDocument;
  readonly tailBefore: string | null;
  /** Members that the base does not take empty: they are left out. */
  readonly notEmptiable?: readonly string[];
}

/**
 * Brings an order that stands to the draft, emptying what the draft has no more. Date and state are left as they are, and so is the remark but for our own
 * words in it: people work with them.
 */
export function toSaleOrderUpdatePacket(draft: SaleOrderDraft, { document, tailBefore, notEmptiable = [] }: SaleOrderStanding): DilovodSavePacket {
  const { date: _date, remark: _remark, ...shared } = toSharedHeader(draft);
  const { author, tradeChanel, paymentForm, details, remarkFromPerson, orderId } = draft;
  const after = draft.remarkTail ?? null;
  const remark = after === tailBefore ? {} : { remark: withRemarkTail(document.remark ?? '', { orderId, before: tailBefore, after }) };
  const header = {
    id: document.id,
    ...shared,
    ...present({ author, tradeChanel, paymentForm, details, remarkFromPerson }),
    ...Object.fromEntries(emptiedMembers(draft, document).filter((member) => !notEmptiable.includes(member)).map((member) => [member, emptied[member]])),
    ...remark,
  };
  return { saveType: 1, header, tableParts: orderRows(draft) };
}

/** What the document has and the draft has no more. */
export function emptiedMembers(draft: SaleOrderDraft, document: DilovodDocument): readonly EmptiableMember[] {
  return (Object.keys(emptied) as EmptiableMember[]).filter((member) => !draft[member] && document[member] !== null);
}

function orderRows({ rows }: SaleOrderDraft): ReturnType<typeof toTableParts> {
  return toTableParts(rows, ['discount', 'storage']);
}
