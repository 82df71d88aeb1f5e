import type { System } from '@kds/contracts';
import { failure, type FailureCode, ok, type Result } from '@kds/kernel';
import { sameSecret, type Secret, type SecretRef, type Tenant, type TenantSource } from '@kds/tenancy';
import { accountFingerprint } from './account-fingerprint.js';

export interface TenantAccount {
  readonly baseUrl: string;
  readonly apiKeyRef: SecretRef;
}

export interface Closable {
  close(): Promise<void>;
}

export interface TenantClientsOptions<Client extends Closable> {
  readonly system: System;
  readonly tenants: Pick<TenantSource, 'find' | 'secret' | 'onChange'>;
  /** Which of a tenant's two accounts the clients are for. */
  readonly accountOf: (tenant: Tenant) => TenantAccount;
  /** May throw on an address or key that cannot be used. */
  readonly open: (account: { readonly baseUrl: string; readonly apiKey: string }) => Client;
}

/** Why a tenant has no client, or not the one that was asked for. In words without secrets. */
export interface NoClient {
  readonly code: Extract<FailureCode, 'tenant-not-ready' | 'other-account'>;
  readonly message: string;
}

interface Opened<Client> {
  readonly account: string;
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

  /** Does some work with a tenant's client, if it is that of the account; or says why not. Without an account any will do. */
  async use<T>({ tenant: name, account }: { readonly tenant: string; readonly account?: string }, work: (client: Client, tenant: Tenant) => Promise<T>): Promise<Result<T, NoClient>> {
    const tenant = this.options.tenants.find(name);
    if (tenant === undefined) return notReady(`no valid manifest of the tenant ${name} is known here`);
    const found = this.open(tenant);
    if (!found.ok) return found;
    const one = found.value;
    if (account !== undefined && account !== one.account) return failure({ code: 'other-account', message: `the key or the base URL of ${name} has changed since the command was sent` });
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

  private open(tenant: Tenant): Result<Opened<Client>, NoClient> {
    const { baseUrl, apiKeyRef } = this.options.accountOf(tenant);
    const apiKey = this.options.tenants.secret(apiKeyRef);
    if (apiKey === undefined) return notReady(`the Secret ${apiKeyRef.name} has no key ${apiKeyRef.key}, or is not there`);
    const current = this.opened.get(tenant.name);
    if (current?.baseUrl === baseUrl && sameSecret(current.apiKey.reveal(), apiKey.reveal())) return ok(current);
    this.retire(tenant.name);
    try {
      const account = accountFingerprint({ system: this.options.system, baseUrl, apiKey: apiKey.reveal() });
      const fresh = { account, baseUrl, apiKey, client: this.options.open({ baseUrl, apiKey: apiKey.reveal() }), users: 0, retired: false };
      this.opened.set(tenant.name, fresh);
      return ok(fresh);
    } catch (error) {
      return notReady(`no client can be made: ${error instanceof Error ? error.message : 'unusable address or key'}`);
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

function notReady(message: string): { readonly ok: false; readonly error: NoClient } {
  return failure({ code: 'tenant-not-ready', message });
}
