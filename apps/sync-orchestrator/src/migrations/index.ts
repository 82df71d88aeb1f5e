import { Ledger1763900000000 } from './1763900000000-ledger.js';

/** In the order in which they are applied. */
export const migrations = [Ledger1763900000000] as const;
