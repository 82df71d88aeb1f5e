import { Ledger1763900000000 } from './1763900000000-ledger.js';
import { StockUnderWay1764100000000 } from './1764100000000-stock-under-way.js';
import { Traces1764100000000 } from './1764100000000-traces.js';
import { TenantVerbs1764115200000 } from './1764115200000-tenant-verbs.js';
import { MovedSince1764200000000 } from './1764200000000-moved-since.js';
import { DocumentsListed1764300000000 } from './1764300000000-documents-listed.js';
import { PositionsAsked1764400000000 } from './1764400000000-positions-asked.js';
import { StockBesideReserve1764500000000 } from './1764500000000-stock-beside-reserve.js';
import { UnreadableRows1764600000000 } from './1764600000000-unreadable-rows.js';
import { ToldOnce1764700000000 } from './1764700000000-told-once.js';
import { ManifestInForce1764710000000 } from './1764710000000-manifest-in-force.js';
import { Accounts1764800000000 } from './1764800000000-accounts.js';
import { Firms1764810000000 } from './1764810000000-firms.js';
import { Currencies1764900000000 } from './1764900000000-currencies.js';
import { AskedAgain1764910000000 } from './1764910000000-asked-again.js';
import { FollowingMembers1765000000000 } from './1765000000000-following-members.js';

/** In the order in which they are applied. */
export const migrations = [
  Ledger1763900000000,
  StockUnderWay1764100000000,
  Traces1764100000000,
  TenantVerbs1764115200000,
  MovedSince1764200000000,
  DocumentsListed1764300000000,
  PositionsAsked1764400000000,
  StockBesideReserve1764500000000,
  UnreadableRows1764600000000,
  ToldOnce1764700000000,
  ManifestInForce1764710000000,
  Accounts1764800000000,
  Firms1764810000000,
  Currencies1764900000000,
  AskedAgain1764910000000,
  FollowingMembers1765000000000,
] as const;
