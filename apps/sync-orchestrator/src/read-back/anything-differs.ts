import { type Db, rowsSetWise } from '@kds/persistence';
import type { TenantSpec } from '@kds/tenancy';
import { wantedPriceParameters, wantedPricesSql } from '../sync-prices/wanted-prices.js';
import { wantedParameters, wantedStockSql } from '../sync-stock/wanted-stock.js';

export interface RowsOf {
  readonly tenant: string;
  readonly spec: TenantSpec;
  readonly skus: readonly string[];
}

/** Is there anything to write about these SKUs? */
export async function anythingDiffers(db: Db, { tenant, spec, skus }: RowsOf): Promise<{ readonly stock: boolean; readonly prices: boolean }> {
  const stock = await rowsSetWise(db, `with ${wantedStockSql} select 1 from wanted where to_write and sku = any ($4) limit 1`, [...wantedParameters({ tenant, spec }), skus]);
  const prices = await rowsSetWise(db, `with ${wantedPricesSql} select 1 from differing where (price_differs or cost_differs) and not waits and sku = any ($6) limit 1`, [...wantedPriceParameters({ tenant, spec }), skus]);
  return { stock: stock.length > 0, prices: prices.length > 0 };
}
