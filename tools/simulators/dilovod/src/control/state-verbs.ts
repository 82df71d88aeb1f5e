import { type Base } from '../base/base.js';
import { type StoredObject } from '../base/object-store.js';
import { type StoredRecord } from '../metadata/stored-value.js';
import { resource } from '../registers/register-ledger.js';

/** A document as it stands. Attributes that were never set are absent. */
export interface DocumentState {
  readonly id: string;
  readonly type: string;
  readonly number: string;
  readonly remark: string;
  readonly posted: boolean;
  readonly delMark: boolean;
  readonly header: StoredRecord;
  readonly rows: readonly StoredRecord[];
}

/** Verbs that read a base exactly, whatever its API would say. */
export function stateVerbs(base: Base) {
  const headers = (type: string) => base.objects.ofType(type).map(({ header }) => header);
  return {
    switches: () => base.switches,
    /** Documents of a type, or all, the one changed longest ago first. */
    documents: ({ type }: { readonly type?: string } = {}): readonly DocumentState[] => {
      const types = base.schema.all().filter(({ kind, name }) => kind === 'documents' && (type === undefined || type === name));
      return types.flatMap(({ name }) => base.objects.ofType(name).map(documentState));
    },
    /** Quantity and cost per good and storage, final ones; zero balances included. */
    balances: () => totalsBy(base.goods, ['qty', 'amount']),
    /** What orders have reserved per good and storage, with the order. */
    reserves: () => totalsBy(base.orders, ['qtyReserve']).filter(({ qtyReserve }) => Number(qtyReserve) > 0),
    prices: () => headers('informationRegisters.goodsPrices'),
    persons: () => headers('catalogs.persons'),
    /** Objects of any type. */
    objects: ({ type }: { readonly type: string }) => headers(base.schema.load(type).name),
    /** Operations that are being executed now. */
    executing: () => base.singleThread.executing(),
    /** Logged requests after `since`, a `seq`. */
    requests: ({ since = 0 }: { readonly since?: number } = {}) => base.log.requests(since),
    violations: () => [...base.log.violations()],
    clearLog: () => base.log.clear(),
  };
}

function documentState({ id, type, header, parts }: StoredObject): DocumentState {
  const [number, remark] = [String(header['number'] ?? ''), String(header['remark'] ?? '')];
  const rows = parts['tpGoods'] ?? parts['tpAnalytics'] ?? [];
  const [posted, delMark] = [header['posted'] === '1', header['delMark'] === '1'];
  return { id, type, number, remark, posted, delMark, header, rows };
}

function totalsBy(ledger: Base['goods'], names: readonly string[]): readonly Readonly<Record<string, string>>[] {
  return [...ledger.all()].map((entry) => {
    const totals = entry.totalsAt();
    return { ...entry.dimensions, ...Object.fromEntries(names.map((name) => [name, resource(totals, name).toFixed(name === 'amount' ? 2 : 3)])) };
  });
}
