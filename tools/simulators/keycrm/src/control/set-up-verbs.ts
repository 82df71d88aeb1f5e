import type { Fault, FaultRule } from '@kds/simulator-kit';
import type { Account, AccountSettings } from '../accounts/account.js';
import type { OtherProgram } from '../accounts/callers.js';
import { addSource, type NewSource } from '../dictionaries/add-source.js';
import { aliasOf } from '../dictionaries/alias-of.js';
import { type CustomField, newStatus, type OrderStatus, type Source, type Tag, type User, type Warehouse } from '../dictionaries/dictionaries.js';
import { vendorFaults } from '../http/api-gate.js';
import { driftOf } from '../http/page-drift.js';
import { operations } from '../http/routes.js';
import { type SwitchChanges, withSwitches } from '../switches.js';
import type { StockSubscription } from '../webhooks/webhooks.js';
import { exact } from './exact.js';
import { warehouseOf } from './goods-verbs.js';
import { readState } from './read-state.js';

type Named<Thing extends { readonly id: number; readonly name: string }> = Partial<Thing> & Pick<Thing, 'name'>;

export interface SourceChange extends Partial<Pick<Source, 'name' | 'currencyCode' | 'defaultWarehouseId'>> {
  readonly sourceId: number;
}

/** A row of a paged list, e.g. an offer of `GET /offers/stocks`. */
export interface MissedRow {
  readonly operation: string;
  readonly id: number;
  /** 1 when absent. */
  readonly passes?: number;
}

const firstCustomStatusId = 20;
const faultKinds: readonly Fault['kind'][] = ['delay', 'html-error', 'reset-before', 'lost-after', 'empty-body', 'vendor'];
const fieldPrefixes = { order: 'OR', lead: 'LD', client: 'CT', crm_product: 'CT' } as const;

/** Verbs that set an account up, make it misbehave, and read what it holds and what it was asked. */
export const setUpVerbs = {
  configure(account: Account, wanted: { settings?: Partial<AccountSettings>; latencyMs?: number; requestsPerMinute?: number; seed?: number }) {
    const unknown = Object.keys(wanted.settings ?? {}).find((name) => !Object.hasOwn(account.settings, name));
    if (unknown !== undefined) throw new RangeError(`no setting ${unknown}; there are ${Object.keys(account.settings).join(', ')}`);
    Object.assign(account.settings, wanted.settings);
    account.latencyMs = wanted.latencyMs ?? account.latencyMs;
    account.rate.perMinute = wanted.requestsPerMinute ?? account.rate.perMinute;
    if (wanted.seed !== undefined) account.faults.reseed(wanted.seed);
  },

  setSwitches(account: Account, changes: SwitchChanges) {
    account.switches = withSwitches(account.switches, changes);
  },

  /** Generates another API key, as an owner does in the interface. */
  replaceKey(account: Account, wanted: { apiKey: string }) {
    if (!wanted.apiKey || account.apiKeys.includes(wanted.apiKey)) throw new RangeError('a new apiKey is needed');
    account.apiKeys.push(wanted.apiKey);
  },

  createSource(account: Account, wanted: NewSource): Source {
    return addSource(account, wanted);
  },

  /** Payments that were made keep the currency that the source had; the alias follows the name. */
  changeSource(account: Account, wanted: SourceChange): Source {
    const { sourceId, ...changes } = wanted;
    const source = account.dictionaries.sources.get(sourceId);
    if (!source) throw new RangeError(`no source ${sourceId}`);
    if (changes.defaultWarehouseId != null) warehouseOf(account, changes.defaultWarehouseId);
    return Object.assign(source, changes.name === undefined ? {} : { alias: aliasOf(changes.name) }, changes);
  },

  /** Adds a status, or gives the one with this id another meaning as owners do: the alias follows the name. */
  createStatus(account: Account, wanted: Named<OrderStatus> & Pick<OrderStatus, 'groupId'>): OrderStatus {
    const { statuses } = account.dictionaries;
    const id = wanted.id ?? nextId(statuses.keys(), firstCustomStatusId);
    const status = newStatus({ alias: aliasOf(wanted.name), isReserved: statuses.get(id)?.isReserved ?? false, ...wanted, id });
    statuses.set(id, status);
    return status;
  },

  /** An inactive status is listed no more; orders stay in it. */
  deactivateStatus(account: Account, wanted: { statusId: number; isActive?: boolean }) {
    account.dictionaries.statusOf(wanted.statusId).isActive = wanted.isActive ?? false;
  },

  /** It is listed no more, orders stay in it. The system's own statuses cannot be deleted. */
  deleteStatus(account: Account, wanted: { statusId: number }) {
    const status = account.dictionaries.statusOf(wanted.statusId);
    if (status.isReserved) throw new RangeError(`status ${status.id} is the system's own`);
    Object.assign(status, { isActive: false, deletedAt: account.now() });
  },

  /** There is no API for warehouses: ids are learnt from stock details and order lines. */
  createWarehouse(account: Account, wanted: Named<Warehouse>): Warehouse {
    const { warehouses } = account.dictionaries;
    const warehouse: Warehouse = { id: nextId(warehouses.keys()), description: null, isActive: true, ...wanted };
    warehouses.set(warehouse.id, warehouse);
    return warehouse;
  },

  createCustomField(account: Account, wanted: Named<CustomField>): CustomField {
    const { customFields } = account.dictionaries;
    const id = wanted.id ?? nextId([...customFields.values()].map((field) => field.id), 1001);
    const model = wanted.model ?? 'order';
    const field: CustomField = {
      uuid: `${fieldPrefixes[model]}_${id}`,
      type: 'text',
      required: false,
      position: customFields.size + 1,
      isMultiple: false,
      options: [],
      ...wanted,
      id,
      model,
    };
    customFields.set(field.uuid, field);
    return field;
  },

  createTag(account: Account, wanted: Named<Tag>): Tag {
    const { tags } = account.dictionaries;
    const tag: Tag = { id: nextId(tags.keys()), color: '#888888', ...wanted };
    tags.set(tag.id, tag);
    return tag;
  },

  createUser(account: Account, wanted: Partial<User> & Pick<User, 'fullName'>): User {
    const { users } = account.dictionaries;
    const user: User = { id: nextId(users.keys()), email: 'user@example.com', phone: null, roleId: 2, status: 'active', ...wanted };
    users.set(user.id, user);
    return user;
  },

  setWebhooks(account: Account, wanted: { orders?: readonly string[]; stocks?: readonly StockSubscription[] }) {
    account.webhooks.orderUrls = wanted.orders ?? account.webhooks.orderUrls;
    account.webhooks.stockSubscriptions = wanted.stocks ?? account.webhooks.stockSubscriptions;
  },

  /** Vendor faults are those of `vendorFaults`. */
  addFault(account: Account, rule: FaultRule) {
    const { fault, operation } = rule;
    if (!faultKinds.includes(fault.kind)) throw new RangeError(`faults are ${faultKinds.join(', ')}`);
    if (fault.kind === 'vendor' && !vendorFaults.some((name) => name === fault.name)) throw new RangeError(`vendor faults are ${vendorFaults.join(', ')}`);
    if (operation !== undefined && !operations.some((name) => (rule.exact ? name === operation : name.startsWith(operation)))) throw new RangeError(`no operation ${operation}; there are ${operations.join(', ')}`);
    if (fault.kind === 'vendor' && fault.name === 'page-drift') driftOf(fault.detail);
    account.faults.add(rule);
  },

  /**
   * The next passes over the pages of a list do not meet a row that is there: a pass begins with page 1 and lasts until
   * the next one begins. Who asks for the row itself (by id, SKU or number) gets it.
   */
  missRow(account: Account, wanted: MissedRow) {
    const { operation, id, passes = 1 } = wanted;
    const isList = operations.includes(operation) && /^GET [^{]+$/.test(operation);
    if (!isList) throw new RangeError(`no list ${operation}; there are GET /order, GET /offers, GET /offers/stocks…`);
    const { offers } = account.catalogue;
    const known = { 'GET /order': account.orders, 'GET /offers': offers, 'GET /offers/stocks': offers }[operation];
    if (known && !known.has(id)) throw new RangeError(`no row ${id} in ${operation}`);
    account.missedRows.add({ operation, id, passes });
  },

  /**
   * Another program uses the same key for so many requests in every minute, until this is said again (0: no more). It
   * calls from `address`, or from one that nobody else has.
   */
  useKeyElsewhere(account: Account, wanted: OtherProgram) {
    if (!(wanted.requestsPerMinute >= 0)) throw new RangeError('requestsPerMinute must be a number from 0');
    account.callers.elsewhere.set(account.name, { ...wanted });
  },

  clearFaults(account: Account) {
    account.faults.clear();
    account.missedRows.clear();
    account.throttledUntil = 0;
  },

  /** Holds every request back, until `resume` or for `ms`. */
  pause(account: Account, wanted: { ms?: number } = {}) {
    account.pause.begin(wanted.ms);
  },

  /** How many requests `pause` holds back now. */
  heldBack(account: Account): number {
    return account.pause.heldBack;
  },

  resume(account: Account) {
    account.pause.end();
  },

  state(account: Account) {
    return readState(account);
  },

  movements(account: Account, wanted: { since?: number } = {}) {
    return exact(account.stock.movements(wanted.since));
  },

  requests(account: Account, wanted: { since?: number } = {}) {
    return account.log.requests(wanted.since);
  },

  violations(account: Account) {
    return account.log.violations();
  },

  deliveries(account: Account) {
    return account.webhooks.deliveries;
  },

  clearLog(account: Account) {
    account.log.clear();
    account.webhooks.deliveries.length = 0;
  },

  /** Resolves when queued bulk writes are applied and webhooks delivered. */
  async settled(account: Account) {
    await account.pendingWrites.settled();
    await account.webhooks.settled();
  },
};

function nextId(taken: Iterable<number>, first = 1): number {
  return Math.max(first - 1, ...taken) + 1;
}
