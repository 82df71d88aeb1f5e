import type { KubeApi } from '@kds/kube';
import type { TenantRules } from '../parse-tenant/parse-tenant.js';
import type { Secret } from '../secret.js';
import { changesBetween, nothingSeen, type TenantChange, type TenantsSeen } from '../tenant-change.js';
import { TenantListeners } from '../tenant-listeners.js';
import type { TenantRecord } from '../tenant-record.js';
import type { TenancyLog, TenantSource } from '../tenant-source.js';
import type { SecretRef, Tenant } from '../tenant-spec.js';
import { FollowedList, type FollowedListOptions } from './followed-list.js';
import { type SecretObject, toSecretObject } from './secret-object.js';
import { type TenantObject, toTenantRecord } from './tenant-object.js';

export interface KubernetesTenantSourceOptions {
  readonly api: Pick<KubeApi, 'request' | 'watch'>;
  readonly namespace: string;
  /** Without Secrets no right to read them is needed, and every reference leads nowhere. */
  readonly secrets: 'followed' | 'left-alone';
  readonly allowedHosts: readonly string[];
  readonly log: TenancyLog;
  /** How often everything is listed anew, watched or not; a minute by default. */
  readonly relistMs?: number;
}

/** Big, of no use here, or both. */
const secretsOfOthers = 'type!=helm.sh/release.v1,type!=kubernetes.io/service-account-token,type!=kubernetes.io/dockerconfigjson';

/** Tenants from the custom resources of a namespace, and their keys from its Secrets. Changes apply within a second while the API server can be reached. */
export class KubernetesTenantSource implements TenantSource {
  readonly #tenants: FollowedList<TenantObject>;
  readonly #secrets: FollowedList<SecretObject> | undefined;
  readonly #listeners: TenantListeners;
  readonly #rules: TenantRules;
  readonly #log: TenancyLog;
  /** By object, for an object of the same version is the same one. */
  readonly #records = new WeakMap<TenantObject, TenantRecord>();
  #seen: TenantsSeen = nothingSeen;
  #started = false;
  #applying = false;

  constructor({ api, namespace, secrets, allowedHosts, log, relistMs = 60_000 }: KubernetesTenantSourceOptions) {
    this.#log = log;
    this.#rules = { allowedHosts };
    this.#listeners = new TenantListeners(log);
    const follow = { api, relistMs, onChange: () => this.#applySoon() };
    this.#tenants = new FollowedList({ ...follow, path: `/apis/kds.io/v1alpha1/namespaces/${namespace}/tenants`, keep: withoutManagedFields, onTrouble: this.#complain('tenants') });
    if (secrets === 'left-alone') return;
    this.#secrets = new FollowedList({ ...follow, path: `/api/v1/namespaces/${namespace}/secrets`, fieldSelector: secretsOfOthers, keep: toSecretObject, onTrouble: this.#complain('their Secrets') });
  }

  /** Waits for an API server that cannot be reached; what is wrong is in the log. */
  async start(): Promise<void> {
    await Promise.all([this.#tenants.start(), this.#secrets?.start()]);
    this.#started = true;
    this.#apply();
  }

  tenants(): readonly TenantRecord[] {
    return this.#seen.tenants;
  }

  find(name: string): Tenant | undefined {
    const record = this.#seen.tenants.find((each) => each.state === 'valid' && each.tenant.name === name);
    return record?.state === 'valid' ? record.tenant : undefined;
  }

  secret(ref: SecretRef): Secret | undefined {
    return this.#seen.secret(ref);
  }

  onChange(listener: (change: TenantChange) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** The older of the two looks, where Secrets are looked at too. */
  lastLook(): Date | undefined {
    const looks = [this.#tenants, ...(this.#secrets === undefined ? [] : [this.#secrets])].map((list) => list.lastLook());
    return looks.reduce((oldest, at) => (oldest === undefined || at === undefined ? undefined : at < oldest ? at : oldest));
  }

  /** Every object, also those that are being deleted. */
  objects(): readonly TenantObject[] {
    return this.#tenants.all();
  }

  async close(): Promise<void> {
    await Promise.all([this.#tenants.close(), this.#secrets?.close()]);
  }

  /** What arrives together is applied together. */
  #applySoon(): void {
    if (!this.#started || this.#applying) return;
    this.#applying = true;
    setImmediate(() => {
      this.#applying = false;
      this.#apply();
    });
  }

  #apply(): void {
    const before = this.#seen;
    // Values as they are at this moment: what was seen before must not change with what is seen now.
    const values = new Map(this.#secrets?.all().map((secret) => [secret.metadata.name, secret.values]));
    this.#seen = { tenants: this.#tenants.all().flatMap((object) => this.#recordOf(object) ?? []), secret: ({ name, key }) => values.get(name)?.get(key) };
    for (const change of changesBetween(before, this.#seen)) this.#listeners.announce(change);
  }

  #recordOf(object: TenantObject): TenantRecord | undefined {
    const record = this.#records.get(object) ?? toTenantRecord(object, this.#rules);
    if (record !== undefined) this.#records.set(object, record);
    return record;
  }

  #complain(what: string): FollowedListOptions<never, never>['onTrouble'] {
    return (trouble) => {
      if (trouble === undefined) this.#log.debug({}, `${what} are followed`);
      else this.#log.warn({}, `${what} stay as they were: ${trouble}`);
    };
  }
}

function withoutManagedFields(object: TenantObject): TenantObject {
  const { managedFields: _, ...metadata } = object.metadata as TenantObject['metadata'] & { readonly managedFields?: unknown };
  return { ...object, metadata };
}
