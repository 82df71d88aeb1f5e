import { defaultStatuses, expenseTypes, paymentMethods } from './fresh-account.js';

export type CustomFieldValue = string | readonly string[];

export interface OrderStatus {
  readonly id: number;
  name: string;
  alias: string;
  groupId: number;
  isActive: boolean;
  isClosingOrder: boolean;
  isReserved: boolean;
  deletedAt: Date | null;
}

export interface Source {
  readonly id: number;
  name: string;
  alias: string;
  readonly driver: string;
  currencyCode: string;
  defaultWarehouseId: number | null;
}

export interface Warehouse {
  readonly id: number;
  readonly name: string;
  readonly description: string | null;
  isActive: boolean;
}

export interface CustomField {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  readonly model: 'lead' | 'order' | 'client' | 'crm_product';
  readonly type: string;
  readonly required: boolean;
  readonly position: number;
  readonly isMultiple: boolean;
  readonly options: readonly string[];
}

export interface User {
  readonly id: number;
  readonly fullName: string;
  readonly email: string;
  readonly phone: string | null;
  readonly roleId: number;
  readonly status: 'active' | 'pending' | 'blocked';
}

export interface Tag {
  readonly id: number;
  readonly name: string;
  readonly color: string;
}

export const cancelGroup = 6;
export const completedGroup = 5;

/** What the owner of an account has set up. Everything starts as in a fresh account. */
export class Dictionaries {
  readonly statuses = new Map<number, OrderStatus>();
  readonly sources = new Map<number, Source>();
  readonly warehouses = new Map<number, Warehouse>();
  readonly customFields = new Map<string, CustomField>();
  readonly users = new Map<number, User>();
  readonly tags = new Map<number, Tag>();
  readonly paymentMethods = paymentMethods;
  readonly expenseTypes = expenseTypes;

  constructor() {
    for (const [id, alias, groupId] of defaultStatuses) this.statuses.set(id, newStatus({ id, name: alias, alias, groupId, isReserved: true }));
    this.users.set(1, { id: 1, fullName: 'Account Owner', email: 'owner@example.com', phone: null, roleId: 1, status: 'active' });
  }

  /** The status in which an order starts: the first active one of the lowest group. */
  firstStatus(): OrderStatus {
    const [first] = [...this.statuses.values()].filter((status) => status.isActive).sort((a, b) => statusRank(a) - statusRank(b));
    if (!first) throw new RangeError('the account has no active order status');
    return first;
  }

  statusOf(id: number): OrderStatus {
    const status = this.statuses.get(id);
    if (!status) throw new RangeError(`no order status ${id}`);
    return status;
  }

  customFieldsOf(model: CustomField['model']): readonly CustomField[] {
    return [...this.customFields.values()].filter((field) => field.model === model);
  }
}

/** How far along an order is: by group, then by id within the group. */
export function statusRank(status: Pick<OrderStatus, 'id' | 'groupId'>): number {
  return status.groupId * 1_000_000 + status.id;
}

export function newStatus(status: Pick<OrderStatus, 'id' | 'name' | 'alias' | 'groupId'> & Partial<OrderStatus>): OrderStatus {
  return { isActive: true, isClosingOrder: status.groupId === completedGroup || status.groupId === cancelGroup, isReserved: false, deletedAt: null, ...status };
}
