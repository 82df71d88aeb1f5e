import { type RequestLog } from '@kds/simulator-kit';
import { type StoredObject } from './object-store.js';
import { type Session } from './session.js';

const dimensionFields = new Set(['weight', 'packageWeight', 'width', 'height', 'length', 'dimensions']);
const keyedTypes = new Set(['documents.saleOrder', 'documents.sale', 'documents.saleReturn']);

/** Watches for what a well-behaved client never does, and writes it down. */
export class ClientDiscipline {
  private readonly liveByKey = new Map<string, Map<string, StoredObject>>();
  private readonly keyOfId = new Map<string, string>();
  private readonly reported = new Set<string>();

  constructor(private readonly log: RequestLog) {}

  /** `concurrent`: a request came while another was executing. */
  concurrent(operation: string, inTheWay: { readonly inTheWay: string; readonly connectionLost: boolean }): void {
    const lost = inTheWay.connectionLost ? 'whose connection had been lost' : 'whose connection was alive';
    this.log.violate('concurrent', `${operation} while ${inTheWay.inTheWay} was executing, ${lost}`);
  }

  /** `dimension-write`: weight or dimensions anywhere in a write. */
  written(operation: string, params: unknown): void {
    for (const name of new Set(memberNames(params))) {
      if (dimensionFields.has(name)) this.log.violate('dimension-write', `${operation} writes ${name}`);
    }
  }

  /** `empty-document` and `duplicate-live-document`, judged by what is kept now. */
  observeStored(object: StoredObject, session: Session): void {
    if (!object.type.startsWith('documents.')) return;
    const live = object.header['delMark'] !== '1';
    if (live && session.origin === 'api' && Object.values(object.parts).flat().length === 0) {
      this.log.violate('empty-document', `${object.type} ${object.id} has no rows`);
    }
    this.observeKey(object, live, session);
  }

  private observeKey(object: StoredObject, live: boolean, session: Session): void {
    const key = live ? keyOf(object) : undefined;
    const before = this.keyOfId.get(object.id);
    if (before !== undefined) this.liveByKey.get(before)?.delete(object.id);
    this.keyOfId.delete(object.id);
    if (key === undefined) return;
    this.keyOfId.set(object.id, key);
    const documents = this.liveByKey.get(key) ?? new Map<string, StoredObject>();
    this.liveByKey.set(key, documents);
    const twin = [...documents.values()].find((other) => sameDuty(other, object));
    documents.set(object.id, object);
    const pair = twin ? [twin.id, object.id].sort().join(' ') : '';
    if (twin && !this.reported.has(pair) && session.origin === 'api') {
      this.reported.add(pair);
      this.log.violate('duplicate-live-document', `${object.type} ${object.id} and ${twin.id} both stand for ${key.slice(object.type.length + 1)}`);
    }
  }
}

/** The type and the order key at the beginning of the remark: `KeyCRM #<digits>`, then a blank or the end. */
function keyOf(object: StoredObject): string | undefined {
  if (!keyedTypes.has(object.type)) return undefined;
  const match = /^KeyCRM #\d+(?= |$)/.exec(String(object.header['remark'] ?? ''));
  return match ? `${object.type} ${match[0]}` : undefined;
}

function sameDuty(one: StoredObject, other: StoredObject): boolean {
  if (one.header['firm'] !== other.header['firm']) return false;
  if (one.type === 'documents.saleReturn') return one.header['baseDoc'] === other.header['baseDoc'];
  if (one.type === 'documents.saleOrder') return true;
  const storages = storagesOf(other);
  return [...storagesOf(one)].some((storage) => storages.has(storage));
}

/** The storages that a document's rows leave, the header's for a row without its own. */
function storagesOf(document: StoredObject): Set<unknown> {
  const ofHeader = document.header['storage'];
  const rows = document.parts['tpGoods'] ?? [];
  return new Set(rows.length === 0 ? [ofHeader] : rows.map((row) => (row['storage'] === undefined || row['storage'] === '0' ? ofHeader : row['storage'])));
}

function* memberNames(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    if (!Array.isArray(value)) yield name;
    yield* memberNames(member);
  }
}
