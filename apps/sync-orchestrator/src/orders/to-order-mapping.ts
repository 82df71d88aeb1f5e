import type { OrderMapping } from '@kds/sync-domain';
import type { TenantSpec } from '@kds/tenancy';

/** The part of a client's manifest that decisions about orders need. */
export function toOrderMapping({ mode, pilot, dilovod, warehouses, defaultWarehouse, orders }: TenantSpec): OrderMapping {
  const { firm, business, currency, currencies, author, tradeChanel, paymentForm } = dilovod;
  const { since, stages, dilovodStates, person, endConsumer, unmappedLine, cancelAfterShipment, reserve, writeBack } = orders;
  return {
    mode,
    pilotSkus: pilot.skus,
    since,
    stages,
    states: dilovodStates,
    firm,
    business,
    currency,
    currencies,
    author,
    tradeChanel,
    paymentForm,
    warehouses,
    defaultWarehouse,
    person,
    endConsumer,
    unmappedLine,
    cancelAfterShipment,
    reserve: reserve === 'auto',
    writeBack,
  };
}
