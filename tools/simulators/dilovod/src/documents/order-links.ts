import { type Base } from '../base/base.js';
import { type StoredObject } from '../base/object-store.js';
import { noReference } from '../metadata/stored-value.js';
import { reference } from './lines.js';

/** The customer order that a document is based on, through `contract` or `baseDoc`; none: `"0"`. */
export function orderOf(base: Base, document: Pick<StoredObject, 'header'>): string {
  const linked = [reference(document.header, 'contract'), reference(document.header, 'baseDoc')];
  return linked.find((id) => base.schema.typeOfId(id)?.name === 'documents.saleOrder') ?? noReference;
}

/** Posted shipments of an order that are not marked for deletion. */
export function liveShipmentsOf(base: Base, order: string): readonly StoredObject[] {
  return base.objects.ofType('documents.sale').filter(({ header }) => {
    const isLive = header['delMark'] !== '1' && header['posted'] === '1';
    return isLive && (header['contract'] === order || header['baseDoc'] === order);
  });
}

/** The posted shipments that a return gives back, through the link that is asked for: the shipment in `baseDoc`, or those of the order in `contract`. */
export function returnedShipments(base: Base, document: Pick<StoredObject, 'header'>, link: 'baseDoc' | 'contract'): readonly StoredObject[] {
  if (link === 'contract') return liveShipmentsOf(base, reference(document.header, 'contract'));
  const shipment = base.objects.find(reference(document.header, 'baseDoc'));
  return shipment?.type === 'documents.sale' && shipment.header['posted'] === '1' ? [shipment] : [];
}
