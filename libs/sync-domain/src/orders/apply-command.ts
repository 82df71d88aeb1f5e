import { type FollowedMembers, type FollowedName, heldMember, memberNames, ourNote, pickMembers, writtenMember } from './follow-members.js';
import type {
  DocumentRow,
  DocumentScope,
  DocumentType,
  OrderBinding,
  OrderMembers,
  ReturnHeld,
  SaleOrderAttempted,
  SaleOrderHeld,
  SaleOrderWritten,
  ShipmentHeld,
} from './order-binding.js';
import type { CreateSaleOrder, OrderCommand, UpdateSaleOrder } from './order-command.js';

/** A live document of an order as it was read back from Dilovod. */
export interface DocumentFound {
  readonly type: DocumentType;
  readonly id: string;
  readonly number: string | null;
  readonly state: string | null;
  readonly person: string;
  readonly storage: string;
  readonly baseDoc: string | null;
  readonly contract: string | null;
  readonly posted: boolean;
  readonly currency: string | null;
  readonly rows: readonly DocumentRow[];
  /** Of an order document: what its header says beside. */
  readonly members: OrderMembers | null;
}

/** What came of an order command that Dilovod carried out. A creation that came upon a document made by somebody else answers `found`. */
export type OrderCommandDone =
  /** `document`: an order document as it was read back. */
  | { readonly kind: 'saved'; readonly documentId: string; readonly reserved?: boolean; readonly document?: DocumentFound }
  /** Nothing was done: what the command takes for granted is not so any more, and has to be looked at. */
  | { readonly kind: 'stale'; readonly scope: DocumentScope | 'person' }
  | { readonly kind: 'found'; readonly documents: readonly DocumentFound[] }
  | { readonly kind: 'read'; readonly number: string | null }
  | { readonly kind: 'marked' };

/** What Dilovod holds after a command was carried out. */
export function applyDone(binding: OrderBinding, command: OrderCommand, done: OrderCommandDone): OrderBinding {
  if (done.kind === 'stale') return done.scope === 'person' ? binding : doubting(binding, done.scope);
  switch (command.kind) {
    case 'find-documents':
      if (done.kind !== 'found') return binding;
      return { ...adopt({ ...binding, doubt: null, repeated: null }, command.type, done.documents), attempted: null };
    case 'save-sale-order':
      return done.kind === 'saved' ? applySaved(binding, command, done) : binding;
    case 'save-sale':
      if (done.kind === 'found') return { ...binding, shipments: [...binding.shipments, ...done.documents.map((found) => toShipmentHeld(found, binding))] };
      if (done.kind !== 'saved') return binding;
      return { ...binding, shipments: [...binding.shipments, { id: done.documentId, saleReturn: null, ...toShipment(command.draft) }] };
    case 'save-sale-return':
      return done.kind === 'saved' ? withShipment(binding, command.draft.sale, { saleReturn: { id: done.documentId, rows: command.draft.rows } }) : binding;
    case 'set-order-state':
      return binding.saleOrder ? { ...binding, saleOrder: withState(binding.saleOrder, command.state) } : binding;
    case 'relink-sale':
      return withShipment(binding, command.documentId, { saleOrder: command.saleOrder });
    case 'read-document':
      return binding.saleOrder && done.kind === 'read' ? { ...binding, saleOrder: { ...binding.saleOrder, number: done.number } } : binding;
    case 'mark-document':
      return without(binding, command.type, command.documentId);
  }
}

/**
 * What Dilovod may hold after a command whose answer was lost. To say it again is not enough: by then the order may ask for what was before, and nobody would
 * notice that the document is marked, or has the other state or rows. So whatever writes leaves a doubt.
 */
export function applyDoubt(binding: OrderBinding, command: OrderCommand): OrderBinding {
  switch (command.kind) {
    case 'save-sale-order':
      return { ...doubting(binding, 'saleOrder'), attempted: { ...toWritten(command, binding.saleOrder), booked: command.draft.booked } };
    case 'set-order-state':
      return { ...doubting(binding, 'saleOrder'), attempted: binding.saleOrder && withState(binding.saleOrder, command.state).written };
    case 'save-sale':
    case 'relink-sale':
      return doubting(binding, 'sale');
    case 'save-sale-return':
      return doubting(binding, 'saleReturn');
    case 'mark-document':
      return doubting(binding, command.type);
    case 'find-documents':
    case 'read-document':
      return binding;
  }
}

/** The binding with something more in doubt. */
export function doubting(binding: OrderBinding, scope: DocumentScope): OrderBinding {
  return { ...binding, doubt: binding.doubt === null || binding.doubt === scope ? scope : 'all' };
}

function toShipment({ storage, saleOrder, rows, person, currency }: Omit<ShipmentHeld, 'id' | 'saleReturn'>): Omit<ShipmentHeld, 'id' | 'saleReturn'> {
  return { storage, saleOrder, rows, person, currency };
}

type SaveSaleOrder = CreateSaleOrder | UpdateSaleOrder;
type Saved = Extract<OrderCommandDone, { kind: 'saved' }>;

/** An order document as it was drafted; of its header counts what was read back. */
function applySaved(binding: OrderBinding, command: SaveSaleOrder, { documentId, reserved, document }: Saved): OrderBinding {
  const { draft } = command;
  const known = binding.saleOrder?.id === documentId ? binding.saleOrder : null;
  const person = document?.person || draft.person;
  const shown = document?.members ? { ...document.members, note: ourNote(document.members.note, draft.note) } : null;
  const saleOrder: SaleOrderHeld = {
    id: documentId,
    number: document?.number ?? known?.number ?? null,
    state: known === null ? draft.state : known.state,
    person,
    rows: draft.rows,
    members: shown ?? membersOf(draft),
    currency: draft.currency,
    written: { ...toWritten(command, known), stood: shown && { person, ...shown } },
    reserved: reserved ?? null,
  };
  return { ...binding, marked: null, saleOrder, attempted: null, booked: draft.booked };
}

function toWritten(command: SaveSaleOrder, known: SaleOrderHeld | null): SaleOrderWritten {
  const wanted = command.documentId === null ? command.draft : command.wanted;
  const state = known === null ? command.draft.state : (known.written?.state ?? null);
  return { person: wanted.person, state, members: membersOf(wanted), stood: null };
}

function membersOf(draft: FollowedMembers): OrderMembers {
  const { person: _, ...members } = pickMembers(draft);
  return members;
}

function withState(saleOrder: SaleOrderHeld, state: string): SaleOrderHeld {
  return { ...saleOrder, state, written: { ...(saleOrder.written ?? unknownWritten), state } };
}

/** Of an order that was found nobody knows whose words are in it. */
const unknownWritten: SaleOrderWritten = { person: null, state: null, members: {}, stood: null };

function withShipment(binding: OrderBinding, id: string, change: Partial<ShipmentHeld>): OrderBinding {
  return { ...binding, shipments: binding.shipments.map((shipment) => (shipment.id === id ? { ...shipment, ...change } : shipment)) };
}

function without(binding: OrderBinding, type: DocumentType, id: string): OrderBinding {
  if (type === 'saleOrder') return binding.saleOrder?.id === id ? { ...binding, saleOrder: null, marked: id } : binding;
  if (type === 'sale') return { ...binding, shipments: binding.shipments.filter((shipment) => shipment.id !== id) };
  return { ...binding, shipments: binding.shipments.map((shipment) => (shipment.saleReturn?.id === id ? { ...shipment, saleReturn: null } : shipment)) };
}

/** Takes what was found for the truth about its kind. */
function adopt(binding: OrderBinding, scope: DocumentScope, documents: readonly DocumentFound[]): OrderBinding {
  const kinds: readonly DocumentType[] = scope === 'all' ? ['saleOrder', 'sale', 'saleReturn'] : [scope];
  return kinds.reduce((known, kind) => adoptKind(known, kind, documents.filter(({ type }) => type === kind)), binding);
}

function adoptKind(binding: OrderBinding, kind: DocumentType, documents: readonly DocumentFound[]): OrderBinding {
  switch (kind) {
    case 'saleOrder': {
      const [found] = documents;
      const orderDocument = found ? { saleOrder: toSaleOrderHeld(found, binding), marked: null, booked: bookedIn(found, binding) } : { saleOrder: null, marked: binding.saleOrder?.id ?? binding.marked };
      return noting({ ...binding, ...orderDocument }, kind, documents.length > 1 ? documents : []);
    }
    case 'sale':
      return { ...binding, shipments: documents.map((found) => toShipmentHeld(found, binding)) };
    case 'saleReturn':
      return adoptReturns(binding, documents);
  }
}

function toShipmentHeld({ id, storage, person, currency, baseDoc, contract, rows }: DocumentFound, binding: OrderBinding): ShipmentHeld {
  const known = binding.shipments.find((shipment) => shipment.id === id);
  return { id, storage, person, currency, saleOrder: contract ?? baseDoc ?? binding.saleOrder?.id ?? '', rows, saleReturn: known?.saleReturn ?? null };
}

/** A return belongs to the shipment that it is based on; one that names none, to the only shipment that left its storage. */
function adoptReturns(binding: OrderBinding, documents: readonly DocumentFound[]): OrderBinding {
  const shipmentOf = ({ baseDoc, storage }: DocumentFound) => {
    const based = binding.shipments.find((shipment) => shipment.id === baseDoc);
    const sameStorage = binding.shipments.filter((shipment) => shipment.storage === storage);
    return (based ?? (sameStorage.length === 1 ? sameStorage[0] : undefined))?.id;
  };
  const byShipment = Map.groupBy(documents, shipmentOf);
  const shipments = binding.shipments.map((shipment) => ({ ...shipment, saleReturn: toReturnHeld(byShipment.get(shipment.id)?.[0]) }));
  const tooMany = [...byShipment].flatMap(([shipment, found]) => (shipment === undefined || found.length > 1 ? found : []));
  return noting({ ...binding, shipments }, 'saleReturn', tooMany);
}

function noting(binding: OrderBinding, type: DocumentType, documents: readonly DocumentFound[]): OrderBinding {
  return documents.length === 0 ? binding : { ...binding, repeated: { type, ids: documents.map(({ id }) => id) } };
}

function toReturnHeld(found: DocumentFound | undefined): ReturnHeld | null {
  return found === undefined ? null : { id: found.id, rows: found.rows };
}

/** Lines of an order document that stands as it was to be when the answer was lost. */
function bookedIn(found: DocumentFound, { booked, attempted }: OrderBinding): OrderBinding['booked'] {
  const goodsOf = (lines: readonly { readonly good: string | null }[]) => [...new Set(lines.flatMap(({ good }) => good ?? []))].sort().join();
  return attempted?.booked && goodsOf(attempted.booked) === goodsOf(found.rows) ? attempted.booked : booked;
}

/** What a look does not show, and was known of the same document, is still known. */
function toSaleOrderHeld({ id, number, state, person, rows, members, currency }: DocumentFound, { saleOrder, attempted }: OrderBinding): SaleOrderHeld {
  const known = saleOrder?.id === id ? saleOrder : null;
  const found: SaleOrderHeld = {
    id,
    number,
    state,
    person: person || known?.person || attempted?.person || '',
    rows,
    members: members === null ? (known?.members ?? null) : { ...members, note: ourNote(members.note, (known?.written ?? attempted)?.members.note ?? null) },
    currency: currency ?? known?.currency ?? null,
    written: null,
    reserved: known?.reserved ?? null,
  };
  return { ...found, written: whatWasWritten(found, { before: known?.written ?? null, attempted, isNew: known === null }) };
}

interface WritingKnown {
  readonly before: SaleOrderWritten | null;
  readonly attempted: SaleOrderAttempted | null;
  readonly isNew: boolean;
}

/** After a lost answer: what stands as it was last to be written was written, the rest is as it was before. */
function whatWasWritten(found: SaleOrderHeld, { before, attempted, isNew }: WritingKnown): SaleOrderWritten | null {
  if (attempted === null) return before;
  const { booked: _, ...tried } = attempted;
  if (before === null && isNew) return tried;
  const of = (name: FollowedName) => (heldMember(found, name) === writtenMember(tried, name) ? tried : before);
  const known = memberNames.flatMap((name) => {
    const written = writtenMember(of(name), name);
    return written === undefined ? [] : [[name, written] as const];
  });
  const { person, ...members }: Partial<FollowedMembers> = Object.fromEntries(known);
  return { person: person ?? null, members, state: found.state === tried.state ? tried.state : (before?.state ?? null), stood: null };
}
