import type { DocumentType, OrderBinding, SaleOrderHeld, ShipmentHeld } from './order-binding.js';
import type { DocumentRow } from './order-binding.js';
import type { OrderCommand } from './order-command.js';

/** A live document of an order as it was read back from Dilovod. */
export interface DocumentFound {
  readonly id: string;
  readonly number: string | null;
  readonly state: string | null;
  readonly person: string;
  readonly storage: string;
  readonly baseDoc: string | null;
  readonly posted: boolean;
  readonly rows: readonly DocumentRow[];
}

/** What came of an order command that Dilovod carried out. */
export type OrderCommandDone =
  | { readonly kind: 'saved'; readonly documentId: string; readonly reserved?: boolean }
  | { readonly kind: 'found'; readonly documents: readonly DocumentFound[] }
  | { readonly kind: 'read'; readonly number: string | null }
  | { readonly kind: 'marked' };

/** What Dilovod holds after a command was carried out. */
export function applyDone(binding: OrderBinding, command: OrderCommand, done: OrderCommandDone): OrderBinding {
  switch (command.kind) {
    case 'find-documents':
      return done.kind === 'found' ? adopt(binding, command.type, done.documents) : binding;
    case 'save-sale-order':
      if (done.kind !== 'saved') return binding;
      return { ...binding, saleOrder: { id: done.documentId, number: null, state: command.draft.state, person: command.draft.person, rows: command.draft.rows } };
    case 'save-sale':
      if (done.kind !== 'saved') return binding;
      return { ...binding, shipments: [...binding.shipments, { id: done.documentId, saleReturn: null, ...pick(command.draft) }] };
    case 'save-sale-return':
      return done.kind === 'saved' ? withShipment(binding, command.draft.sale, { saleReturn: done.documentId }) : binding;
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

/** What Dilovod may hold after a command whose answer was lost. Only a creation leaves doubt: everything else can simply be said again. */
export function applyDoubt(binding: OrderBinding, command: OrderCommand): OrderBinding {
  if (command.kind === 'save-sale-order') return command.documentId === null ? { ...binding, doubt: 'saleOrder' } : binding;
  if (command.kind === 'save-sale') return { ...binding, doubt: 'sale' };
  if (command.kind === 'save-sale-return') return { ...binding, doubt: 'saleReturn' };
  return binding;
}

function pick({ storage, saleOrder, rows, person }: Omit<ShipmentHeld, 'id' | 'saleReturn'>): Omit<ShipmentHeld, 'id' | 'saleReturn'> {
  return { storage, saleOrder, rows, person };
}

function withShipment(binding: OrderBinding, id: string, change: Partial<ShipmentHeld>): OrderBinding {
  return { ...binding, shipments: binding.shipments.map((shipment) => (shipment.id === id ? { ...shipment, ...change } : shipment)) };
}

function without(binding: OrderBinding, type: DocumentType, id: string): OrderBinding {
  if (type === 'saleOrder') return { ...binding, saleOrder: binding.saleOrder?.id === id ? null : binding.saleOrder };
  if (type === 'sale') return { ...binding, shipments: binding.shipments.filter((shipment) => shipment.id !== id) };
  return { ...binding, shipments: binding.shipments.map((shipment) => (shipment.saleReturn === id ? { ...shipment, saleReturn: null } : shipment)) };
}

function adopt(binding: OrderBinding, type: DocumentType, documents: readonly DocumentFound[]): OrderBinding {
  const settled: OrderBinding = { ...binding, doubt: null };
  if (type === 'saleOrder') {
    const [found] = documents;
    return { ...settled, saleOrder: found ? toSaleOrderHeld(found) : null };
  }
  if (type === 'sale') {
    const shipments = documents.map((found) => {
      const known = binding.shipments.find((shipment) => shipment.id === found.id);
      return { id: found.id, storage: found.storage, person: found.person, saleOrder: found.baseDoc ?? binding.saleOrder?.id ?? '', rows: found.rows, saleReturn: known?.saleReturn ?? null };
    });
    return { ...settled, shipments };
  }
  return { ...settled, shipments: binding.shipments.map((shipment) => ({ ...shipment, saleReturn: documents.find((found) => found.baseDoc === shipment.id)?.id ?? null })) };
}

function toSaleOrderHeld({ id, number, state, person, rows }: DocumentFound): SaleOrderHeld {
  return { id, number, state, person, rows };
}
