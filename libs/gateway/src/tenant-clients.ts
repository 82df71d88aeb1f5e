import { failure, ok, type Result } from '@kds/kernel';
import { addressOf, sameSecret, type Secret, type SecretRef, type Tenant, type TenantSource } from '@kds/tenancy';

export interface TenantAccount {
  readonly baseUrl: string;
  readonly apiKeyRef: SecretRef;
}

export interface Closable {
  close(): Promise<void>;
}

export interface TenantClientsOptions<Client extends Closable> {
  readonly tenants: Pick<TenantSource, 'find' | 'secret' | 'onChange'>;
  /** Which of a tenant's two accounts the clients are for. */
  readonly accountOf: (tenant: Tenant) => TenantAccount;
  /** May throw on an address or key that cannot be used. */
  readonly open: (account: { readonly baseUrl: string; readonly apiKey: string }) => Client;
}

interface Opened<Client> {
  readonly baseUrl: string;
  readonly apiKey: Secret;
  readonly client: Client;
  users: number;
  retired: boolean;
}

/**
 * The vendor's clients, one a tenant, opened when first needed. A new address or key means a new client; the old one is closed when its last user
 * is through. A tenant that goes takes its client along.
 */
export class TenantClients<Client extends Closable> {
  private readonly opened = new Map<string, Opened<Client>>();
  private readonly stopListening: () => void;

  constructor(private readonly options: TenantClientsOptions<Client>) {
    this.stopListening = options.tenants.onChange((change) => {
      if ((change.kind === 'removed' || change.kind === 'invalid') && change.name !== undefined) this.retire(change.name);
    });
  }

  /**
   * Does some work with a tenant's client; or says, in words without secrets, why the tenant has none. What is meant for another `address` than the one known
   * here is not done: this process, or who asks, has not heard of a change yet, and the work could reach another shop's account.
   */
  async use<T>(name: string, work: (client: Client, tenant: Tenant) => Promise<T>, address?: string): Promise<Result<T, string>> {
    const tenant = this.options.tenants.find(name);
    if (tenant === undefined) return failure(`no valid manifest of the tenant ${name} is known here`);
    if (address !== undefined && addressOf(this.options.accountOf(tenant)) !== address) return failure(`the manifest of the tenant ${name} that is known here names another address or key`);
    const found = this.open(tenant);
    if (!found.ok) return found;
    const one = found.value;
    one.users += 1;
    try {
      return ok(await work(one.client, tenant));
    } finally {
      one.users -= 1;
      this.closeIfIdle(one);
    }
  }

  async close(): Promise<void> {
    this.stopListening();
    const all = [...this.opened.values()];
    this.opened.clear();
    await Promise.all(all.map(({ client }) => client.close()));
  }

  private open(tenant: Tenant): Result<Opened<Client>, string> {
    const { baseUrl, apiKeyRef } = this.options.accountOf(tenant);
    const apiKey = this.options.tenants.secret(apiKeyRef);
    if (apiKey === undefined) return failure(`the Secret ${apiKeyRef.name} has no key ${apiKeyRef.key}, or is not there`);
    const current = this.opened.get(tenant.name);
    if (current?.baseUrl === baseUrl && sameSecret(current.apiKey.reveal(), apiKey.reveal())) return ok(current);
    this.retire(tenant.name);
    try {
      const fresh = { baseUrl, apiKey, client: this.options.open({ baseUrl, apiKey: apiKey.reveal() }), users: 0, retired: false };
      this.opened.set(tenant.name, fresh);
      return ok(fresh);
    } catch (error) {
      return failure(`no client can be made: ${error instanceof Error ? error.message : 'unusable address or key'}`);
    }
  }

  private retire(name: string): void {
    const one = this.opened.get(name);
    if (one === undefined) return;
    this.opened.delete(name);
    one.retired = true;
    this.closeIfIdle(one);
  }

  private closeIfIdle(one: Opened<Client>): void {
    if (one.retired && one.users === 0) one.client.close().catch(() => undefined); // its connections end by themselves later
  }
}
