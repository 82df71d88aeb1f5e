import {
  accountAddress,
  AccountsAnswer,
  AccountsQuestion,
  accountsSubject,
  eventSubjects,
  KeyChange,
  type System,
} from '@kds/contracts';
import { type Bus, parseMessage } from '@kds/messaging';
import type { Tenant, TenantSource } from '@kds/tenancy';
import { accountFingerprint } from './account-fingerprint.js';
import type { GatewayParts } from './gateway-parts.js';

export interface TenantAccountsOptions {
  readonly system: System;
  readonly tenants: Pick<TenantSource, 'tenants' | 'find' | 'secret' | 'onChange'>;
  /** Pools that this gateway serves; `*` alone means all. */
  readonly pools: readonly string[];
  readonly bus: Pick<Bus, 'publish' | 'answer'>;
  readonly log: Pick<GatewayParts['log'], 'warn'>;
}

/**
 * Tells the orchestrator, which sees no Secret, whose keys are the same: by an event when this gateway begins to follow
 * a tenant and at every change, and whenever it is asked. Of tenants in pools that others serve nothing is said.
 */
export class TenantAccounts {
  constructor(private readonly options: TenantAccountsOptions) {}

  /** Says what is known now, and goes on saying what changes. */
  start(): void {
    const { tenants, bus, system } = this.options;
    bus.answer(accountsSubject(system), (raw) => this.answer(raw));
    tenants.onChange((change) => {
      if (change.kind === 'added' || change.kind === 'changed' || change.kind === 'secret-changed')
        this.tell(change.tenant);
    });
    for (const record of tenants.tenants()) if (record.state === 'valid') this.tell(record.tenant);
  }

  private tell(tenant: Tenant): void {
    const { bus, log } = this.options;
    if (!this.serves(tenant)) return;
    bus
      .publish(eventSubjects.keyChange, this.accountOf(tenant))
      .catch((error: unknown) =>
        log.warn(
          { err: error, tenant: tenant.name },
          'the account of a tenant was not told; the orchestrator asks for it',
        ),
      );
  }

  private answer(raw: unknown): AccountsAnswer | undefined {
    const question = parseMessage(AccountsQuestion, raw);
    if (!question.ok) return undefined;
    const known = question.value.tenants.flatMap((name) => this.options.tenants.find(name) ?? []);
    return { accounts: known.filter((tenant) => this.serves(tenant)).map((tenant) => this.accountOf(tenant)) };
  }

  private serves({ spec }: Tenant): boolean {
    const { pools } = this.options;
    return pools.includes('*') || pools.includes(spec.pool);
  }

  private accountOf({ name, spec }: Tenant): KeyChange {
    const { system, tenants } = this.options;
    const { baseUrl, apiKeyRef } = spec[system];
    const apiKey = tenants.secret(apiKeyRef)?.reveal();
    const account = apiKey === undefined || apiKey === '' ? null : accountFingerprint({ system, baseUrl, apiKey });
    return { tenant: name, system, address: accountAddress(spec[system]), account };
  }
}
