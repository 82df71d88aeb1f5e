import { openDatabase } from '@kds/persistence';
import { migrations } from '@kds/sync-orchestrator';
import { freshDatabase, type TestServers } from '@kds/testing';
import pg from 'pg';

/** A ledger with the orchestrator's tables in a database of its own, its rows written by hand. */
export class WrittenLedger {
  private constructor(
    readonly url: string,
    private readonly client: pg.Client,
  ) {}

  static async open(servers: TestServers): Promise<WrittenLedger> {
    const url = await freshDatabase(servers);
    await (await openDatabase({ url, migrations, applicationName: 'test' })).destroy();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return new WrittenLedger(url, client);
  }

  close(): Promise<void> {
    return this.client.end();
  }

  get env() {
    return { DATABASE_URL: this.url };
  }

  async rows<Row>(sql: string, parameters: readonly unknown[] = []): Promise<readonly Row[]> {
    return (await this.client.query(sql, [...parameters])).rows as Row[];
  }

  /** Adds a row; members that are objects become JSON. */
  async add(table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
    const names = Object.keys(row);
    const values = Object.values(row).map((value) => (typeof value === 'object' && value !== null && !(value instanceof Date) ? JSON.stringify(value) : value));
    await this.client.query(`insert into ${table} (${names.join(', ')}) overriding system value values (${names.map((_, index) => `$${index + 1}`).join(', ')})`, values);
  }

  /** A tenant with its lanes and schedules, in step since a minute. */
  async addTenant(name: string, { state = 'active', problems = null }: { readonly state?: string; readonly problems?: unknown } = {}): Promise<void> {
    await this.add('tenants', { name, revision: 'r', spec, state, problems, adopted_at: minutesAgo(60) });
    for (const lane of [{ system: 'keycrm', per_minute: 60, max_in_flight: 4 }, { system: 'dilovod', per_minute: null, max_in_flight: 1 }]) {
      const account = `${lane.system}-of-${name}`;
      await this.add('accounts', { id: account, ...lane });
      await this.add('lanes', { tenant: name, pool: 'shared', account, told_at: minutesAgo(60), ...lane });
    }
    for (const flow of ['orders-updated', 'stock', 'prices']) await this.add('schedules', { tenant: name, flow, due_at: minutesAgo(-5), proved_at: minutesAgo(1) });
  }

  /** An order of two belts for Олена Зразкова, held for a SKU that is nowhere unless told otherwise. */
  async addOrder(tenant: string, orderId: number, changes: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await this.add('orders', {
      tenant,
      order_id: orderId,
      observation: { kind: 'present', order: order(orderId) },
      essence: 'e1',
      observed_attempt: 1,
      observed_at: minutesAgo(3),
      binding: { saleOrder: null, shipments: [], doubt: null, repeated: null },
      decision: 'park',
      reason: 'sku-unknown',
      message: 'No good in Dilovod has the article BELT: add it there, or an exception to the manifest.',
      detail: { skus: ['BELT'] },
      decided_at: minutesAgo(2),
      ...changes,
    });
  }
}

/** As much of a spec as verbs look at. */
const spec = {
  mode: 'live', pool: 'shared', orders: { everyMs: 300_000 }, stock: { everyMs: 600_000 }, prices: { everyMs: 120_000, retail: null },
  keycrm: { apiKeyRef: { name: 'keys', key: 'keycrm' } }, dilovod: { apiKeyRef: { name: 'keys', key: 'dilovod' } },
};

export function minutesAgo(minutes: number): Date {
  return new Date(Date.now() - minutes * 60_000);
}

function order(id: number) {
  return {
    id,
    statusId: 12,
    orderedAt: '2026-11-05T10:00:00.000Z',
    buyer: { fullName: 'Олена Зразкова', phone: '+380671234567', email: 'olena@example.com' },
    recipient: null,
    lines: [{ name: 'Belt', sku: 'BELT', quantity: '2', price: '890', warehouseId: 1 }],
    grandTotal: '1780',
    fields: { OR_1: 'вул. Зразкова, 1' },
  };
}
