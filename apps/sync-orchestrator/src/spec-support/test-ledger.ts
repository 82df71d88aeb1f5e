import { accountAddress, type CommandMessage, type KeyChange, type OutcomeMessage, type System } from '@kds/contracts';
import { createLogger } from '@kds/observability';
import { execute, openDatabase, row, rows } from '@kds/persistence';
import { nothingHeld, type OrderBinding } from '@kds/sync-domain';
import { parseTenant, type Tenant, type TenantRecord, type TenantSpec } from '@kds/tenancy';
import { freshDatabase, type TestServers } from '@kds/testing';
import type { DataSource } from 'typeorm';
import { agreeLimits } from '../accounts/agree-limits.js';
import { judgeFirms } from '../accounts/judge-firms.js';
import { tellAccount } from '../accounts/tell-account.js';
import { enqueueCommand, type NewCommand } from '../command-ledger/enqueue-command.js';
import { type DispatchDeps, dispatchCommands } from '../dispatch-commands/dispatch-commands.job.js';
import { prepareCommand } from '../dispatch-commands/prepare-command.js';
import { saveTenants } from '../follow-tenants/save-tenants.js';
import { migrations } from '../migrations/index.js';
import { endForgottenAttempts, expireLeases, type LossWitnesses } from '../settle-command/expire-leases.js';
import { settleCommand } from '../settle-command/settle-command.js';
import { PassedOver } from '../sync-order/passed-over.js';
import { syncNextOrder } from '../sync-order/sync-order.use-case.js';
import { testOrder, testSpec } from './test-order.js';

type Ending = Pick<OutcomeMessage, 'outcome'> & Partial<OutcomeMessage>;

/** A ledger in a database of its own, with clients in it, and the orchestrator's use cases to be called by hand. */
export class TestLedger {
  private readonly records = new Map<string, TenantRecord>();
  /** What was said last, by tenant and system. */
  private readonly accounts = new Map<string, string | null>();
  private passedOver = new PassedOver();
  readonly logger = createLogger({ service: 'test', level: 'silent' });

  private constructor(readonly database: DataSource) {}

  static async open(servers: TestServers): Promise<TestLedger> {
    return new TestLedger(await openDatabase({ url: await freshDatabase(servers), migrations, applicationName: 'test', poolSize: 20 }));
  }

  /** Forgets everything, for the next test. */
  async clear(): Promise<void> {
    this.records.clear();
    this.accounts.clear();
    this.passedOver = new PassedOver();
    const tables = await this.rows<{ name: string }>(`select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename <> 'migrations'`);
    await this.execute(`truncate ${tables.map(({ name }) => name).join(', ')}`);
  }

  close(): Promise<void> {
    return this.database.destroy();
  }

  /** Puts in force the manifest of a client whose Dilovod is known to hold no documents of ours from before, with members of its spec replaced. */
  async saveTenant(name: string, changes: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await this.saveNewTenant(name, changes);
    await this.execute(`update tenants set adopted_at = coalesce(adopted_at, now()) where name = $1`, [name]);
  }

  /** The same for a client of whom that is not known. */
  async saveNewTenant(name: string, changes: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await this.saveUntold(name, changes);
    for (const system of ['keycrm', 'dilovod'] as const) await this.tellAccount(name, system, this.accounts.get(`${name} ${system}`));
  }

  /** What gateways say of a tenant's key from its next manifest on. */
  keepAccount(name: string, system: System, account: string | null): void {
    this.accounts.set(`${name} ${system}`, account);
  }

  /** The same before any gateway has told whose keys it has. */
  async saveUntold(name: string, changes: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const read = parseTenant({ apiVersion: 'kds.io/v1alpha1', kind: 'Tenant', metadata: { name }, spec: { ...testSpec, ...changes } }, { allowedHosts: ['127.0.0.1'] });
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    this.records.set(name, { state: 'valid', tenant: read.value });
    await this.followTenants();
  }

  /** What a gateway says of a tenant's key; of its own unless told. Without one there is no key. */
  async tellAccount(name: string, system: System, account: string | null = `${system}-of-${name}`): Promise<void> {
    this.accounts.set(`${name} ${system}`, account);
    const spec = this.findTenant(name);
    if (spec === undefined) throw new Error(`no tenant ${name}`);
    await this.tellAccountOf(name, { system, address: accountAddress(spec[system]), account });
  }

  async tellAccountOf(tenant: string, said: Omit<KeyChange, 'tenant'>): Promise<void> {
    await tellAccount(this.database, { tenant, ...said });
    await judgeFirms(this);
  }

  /** Lanes of which nothing was told, and those that were written by hand, get accounts of their own. */
  async openAccounts(): Promise<void> {
    await this.execute(`
      with opened as (
        insert into accounts (id, system, per_minute, max_in_flight)
        select format('%s-of-%s', system, tenant), system, per_minute, max_in_flight from lanes where account is null
        on conflict do nothing
      )
      update lanes set account = format('%s-of-%s', system, tenant), told_at = now() where account is null`);
    await judgeFirms(this);
  }

  /** As the orchestrator does when its source has changed. */
  private async followTenants(): Promise<void> {
    await saveTenants(this.database, [...this.records.values()]);
    await agreeLimits(this.database.manager);
    await judgeFirms(this);
  }

  async breakTenant(name: string): Promise<void> {
    this.records.set(name, { state: 'invalid', name, file: `${name}.yaml`, problems: [{ path: 'spec.mode', reason: 'write one of shadow, pilot, live' }] });
    await this.followTenants();
  }

  async removeTenant(name: string): Promise<void> {
    this.records.delete(name);
    await this.followTenants();
  }

  readonly findTenant = (name: string): TenantSpec | undefined => this.valid().find((tenant) => tenant.name === name)?.spec;

  private valid(): readonly Tenant[] {
    return [...this.records.values()].flatMap((record) => (record.state === 'valid' ? [record.tenant] : []));
  }

  enqueue(command: NewCommand): Promise<void> {
    return enqueueCommand(this.database.manager, command);
  }

  /** One turn of one dispatcher; what it put on the bus. */
  async dispatch({ prepare = prepareCommand, publish = async () => {} }: Partial<Pick<DispatchDeps, 'prepare' | 'publish'>> = {}): Promise<readonly CommandMessage[]> {
    const published: CommandMessage[] = [];
    const keep: DispatchDeps['publish'] = async (subject, message, id) => {
      await publish(subject, message, id);
      published.push(message as CommandMessage);
    };
    await dispatchCommands({ database: this.database, publish: keep, prepare, logger: this.logger });
    return published;
  }

  /** Turns of a dispatcher, each command settled as told before the next turn, until there is nothing more to dispatch. */
  async dispatchAll(ending: Ending): Promise<readonly CommandMessage[]> {
    const all: CommandMessage[] = [];
    for (;;) {
      const published = await this.dispatch();
      if (published.length === 0) return all;
      for (const message of published) await this.settle(message, ending);
      all.push(...published);
    }
  }

  /** Whether the outcome counted. */
  async settle({ commandId, attempt, tenant, system }: Pick<CommandMessage, 'commandId' | 'attempt' | 'tenant' | 'system'>, ending: Ending): Promise<boolean> {
    const outcome: OutcomeMessage = { commandId, attempt, tenant, system, called: true, calls: [], ...ending };
    return (await this.database.transaction((db) => settleCommand({ db, logger: this.logger }, outcome))) !== undefined;
  }

  /** Has every lease of this moment run out, and ends those attempts. */
  async expireLeases(): Promise<void> {
    await this.execute(`update attempts set lease_until = clock_timestamp() - interval '1 second' where settled_at is null`);
    while (await expireLeases({ database: this.database, logger: this.logger }));
  }

  endForgottenAttempts(witnesses: LossWitnesses): Promise<boolean> {
    return endForgottenAttempts({ database: this.database, logger: this.logger }, witnesses);
  }

  /** An order of one line in the status that asks for an order document, its good and buyer known; to be looked at. */
  async saveOrder(tenant: string, orderId: number, { binding = nothingHeld }: { readonly binding?: OrderBinding } = {}): Promise<void> {
    await this.execute(`insert into goods (tenant, good, article, name, unit, read_attempt) values ($1, '1100300000001001', 'BRYBPB', 'Belt', '1103600000000001', 0) on conflict do nothing`, [tenant]);
    await this.execute(`insert into persons (tenant, key, state, person_id) values ($1, 'phone:+380671234567', 'known', '1100100000001001') on conflict do nothing`, [tenant]);
    await this.execute(`insert into orders (tenant, order_id, observation, essence, observed_attempt, binding, dirty_since) values ($1, $2, $3, 'e', 0, $4, clock_timestamp())`, [
      tenant,
      orderId,
      JSON.stringify({ kind: 'present', order: testOrder(orderId) }),
      JSON.stringify(binding),
    ]);
  }

  /** What KeyCRM holds of an order changes, and is observed. */
  async changeOrder(tenant: string, orderId: number, changes: Parameters<typeof testOrder>[1]): Promise<void> {
    await this.execute(`update orders set observation = $3, dirty_since = clock_timestamp() where tenant = $1 and order_id = $2`, [tenant, orderId, JSON.stringify({ kind: 'present', order: testOrder(orderId, changes) })]);
  }

  /** Looks at every order that is to be looked at. */
  async syncOrders(): Promise<void> {
    while (await syncNextOrder({ database: this.database, logger: this.logger, passedOver: this.passedOver }));
  }

  rows<T>(sql: string, parameters: readonly unknown[] = []): Promise<readonly T[]> {
    return rows<T>(this.database.manager, sql, parameters);
  }

  async row<T>(sql: string, parameters: readonly unknown[] = []): Promise<T> {
    const found = await row<T>(this.database.manager, sql, parameters);
    if (found === undefined) throw new Error(`no row: ${sql}`);
    return found;
  }

  execute(sql: string, parameters: readonly unknown[] = []): Promise<void> {
    return execute(this.database.manager, sql, parameters);
  }

  /** Everything that is kept of clients, for «nothing has changed». */
  async everything(): Promise<unknown> {
    const tables = ['accounts', 'lanes', 'commands', 'attempts', 'orders', 'order_journal', 'persons', 'goods', 'schedules'];
    return Promise.all(tables.map((table) => this.rows(`select to_jsonb(t) from ${table} t order by to_jsonb(t)::text`)));
  }
}
