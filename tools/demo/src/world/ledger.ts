import { Client } from 'pg';

/** What the system decided about an order. `message` is there while it is held. */
export interface LedgerOrder {
  readonly id: number;
  readonly decision: string | null;
  readonly reason: string | null;
  readonly message: string | null;
}

export interface LedgerState {
  readonly orders: readonly LedgerOrder[];
  readonly heldRuns: readonly { readonly flow: string; readonly message: string }[];
  /** Differences found when reading back, the oldest first. */
  readonly drift: readonly { readonly sku: string; readonly field: string; readonly expected: string; readonly found: string; readonly class: string }[];
  /** Answers that never came and were looked up, or asked for again. */
  readonly doubts: readonly { readonly id: number; readonly kind: string }[];
  /** Requests that wait for their turn. */
  readonly waiting: number;
}

/** The orchestrator's Postgres, read for one tenant. Nothing is ever written. */
export class Ledger {
  private constructor(
    private readonly client: Client,
    private readonly tenant: string,
  ) {}

  static async connect(connectionString: string, tenant: string): Promise<Ledger> {
    const client = new Client({ connectionString, application_name: 'kds-demo' });
    client.on('error', () => undefined); // the next query tells
    await client.connect();
    return new Ledger(client, tenant);
  }

  async read(): Promise<LedgerState> {
    const { rows } = await this.client.query<LedgerState>(stateSql, [this.tenant]);
    return rows[0] ?? { orders: [], heldRuns: [], drift: [], doubts: [], waiting: 0 };
  }

  close(): Promise<void> {
    return this.client.end();
  }
}

const list = (columns: string, rest: string) => `coalesce((select jsonb_agg(entry) from (select ${columns} ${rest}) entry), '[]')`;

const stateSql = `select
  ${list('order_id as id, decision, reason, message', 'from orders where tenant = $1 order by order_id')} as orders,
  ${list('flow, message', 'from held_runs where tenant = $1 and released_at is null')} as "heldRuns",
  ${list('sku, field, expected::text as expected, found::text as found, class', 'from drift where tenant = $1 order by id')} as drift,
  ${list('a.id, c.kind', `from attempts a join commands c on c.id = a.command_id where a.tenant = $1 and a.outcome = 'unknown' order by a.id`)} as doubts,
  (select count(*)::int from commands where tenant = $1 and state = 'pending' and not_before <= now()) as waiting`;
