import { Ledger1763900000000 } from './1763900000000-ledger.js';
import { StockUnderWay1764100000000 } from './1764100000000-stock-under-way.js';

/** In the order in which they are applied. */
export const migrations = [Ledger1763900000000, StockUnderWay1764100000000] as const;
