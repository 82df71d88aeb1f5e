import type { DocumentRow, DocumentScope, DocumentType, OrderBinding, OrderContacts, ReturnHeld, SaleOrderHeld, ShipmentHeld } from './order-binding.js';
import type { OrderCommand } from './order-command.js';

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
  readonly rows: readonly DocumentRow[];
}

/** What came of an order command that Dilovod carried out. A creation that came upon a document made by somebody else answers `found`. */
export type OrderCommandDone =
  | { readonly kind: 'saved'; readonly documentId: string; readonly reserved?: boolean }
  | { readonly kind: 'found'; readonly documents: readonly DocumentFound[] }
  | { readonly kind: 'read'; readonly number: string | null }
  | { readonly kind: 'marked' };

/** What Dilovod holds after a command was carried out. */
export function applyDone(binding: OrderBinding, command: OrderCommand, done: OrderCommandDone): OrderBinding {
  switch (command.kind) {
    case 'find-documents':
      return done.kind === 'found' ? adopt({ ...binding, doubt: null, repeated: null }, command.type, done.documents) : binding;
    case 'save-sale-order':
      if (done.kind !== 'saved') return binding;
      return { ...binding, marked: null, saleOrder: { id: done.documentId, number: null, state: command.draft.state, person: command.draft.person, rows: command.draft.rows, contacts: contactsOf(command.draft), reserved: done.reserved ?? null } };
    case 'save-sale':
      if (done.kind === 'found') return { ...binding, shipments: [...binding.shipments, ...done.documents.map((found) => toShipmentHeld(found, binding))] };
      if (done.kind !== 'saved') return binding;
      return { ...binding, shipments: [...binding.shipments, { id: done.documentId, saleReturn: null, ...pick(command.draft) }] };
    case 'save-sale-return':
      return done.kind === 'saved' ? withShipment(binding, command.draft.sale, { saleReturn: { id: done.documentId, rows: command.draft.rows } }) : binding;
    case 'set-order-state':
      return binding.saleOrder ? { ...binding, saleOrder: { ...binding.saleOrder, state: command.state } } : binding;
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
    case 'set-order-state':
      return doubting(binding, 'saleOrder');
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

function pick({ storage, saleOrder, rows, person }: Omit<ShipmentHeld, 'id' | 'saleReturn'>): Omit<ShipmentHeld, 'id' | 'saleReturn'> {
  return { storage, saleOrder, rows, person };
}

function contactsOf({ details, remarkFromPerson }: OrderContacts): OrderContacts {
  return { details, remarkFromPerson };
}

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
      const orderDocument = found ? { saleOrder: toSaleOrderHeld(found, binding), marked: null } : { saleOrder: null, marked: binding.saleOrder?.id ?? binding.marked };
      return noting({ ...binding, ...orderDocument }, kind, documents.length > 1 ? documents : []);
    }
    case 'sale':
      return { ...binding, shipments: documents.map((found) => toShipmentHeld(found, binding)) };
    case 'saleReturn':
      return adoptReturns(binding, documents);
  }
}

function toShipmentHeld({ id, storage, person, baseDoc, contract, rows }: DocumentFound, binding: OrderBinding): ShipmentHeld {
  const known = binding.shipments.find((shipment) => shipment.id === id);
  return { id, storage, person, saleOrder: contract ?? baseDoc ?? binding.saleOrder?.id ?? '', rows, saleReturn: known?.saleReturn ?? null };
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

/** What a look does not show, and was known of the same document, is still known. */
function toSaleOrderHeld({ id, number, state, person, rows }: DocumentFound, { saleOrder: known }: OrderBinding): SaleOrderHeld {
  const { contacts, reserved } = known?.id === id ? known : { contacts: null, reserved: null };
  return { id, number, state, person, rows, contacts, reserved };
}
