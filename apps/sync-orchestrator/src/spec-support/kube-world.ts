import { KubernetesTenantSource, TenantObjects } from '@kds/tenancy';
import { TenantNamespace, type TestKube, until } from '@kds/testing';
import { carryOutVerbs } from '../carry-out-verbs/carry-out-verbs.job.js';
import { finishDeletions } from '../finish-deletion/finish-deletion.job.js';
import { saveTenants } from '../follow-tenants/save-tenants.js';
import { reportStatus } from '../report-status/report-status.job.js';
import type { TestLedger } from './test-ledger.js';
import { testSpec } from './test-order.js';

/** A namespace with Tenants in it, and instances of the orchestrator's jobs on it, to be called by hand. */
export class KubeWorld {
  readonly objects: TenantObjects;

  private constructor(
    private readonly kube: TestKube,
    private readonly ledger: TestLedger,
    readonly shop: TenantNamespace,
    private readonly source: KubernetesTenantSource,
  ) {
    this.objects = new TenantObjects({ api: kube.api, namespace: shop.name, followed: source });
  }

  static async open(kube: TestKube, ledger: TestLedger): Promise<KubeWorld> {
    const shop = await TenantNamespace.open(kube);
    const log = { debug: () => undefined, warn: () => undefined, error: () => undefined };
    const source = new KubernetesTenantSource({ api: kube.api, namespace: shop.name, secrets: 'left-alone', allowedHosts: ['127.0.0.1'], log });
    await source.start();
    return new KubeWorld(kube, ledger, shop, source);
  }


  async create(name: string, changes: object = {}): Promise<void> {
    await this.shop.create({ apiVersion: 'kds.io/v1alpha1', kind: 'Tenant', metadata: { name }, spec: { ...testSpec, ...changes } });
    await this.follow();
  }

  async patch(name: string, body: object): Promise<void> {
    await this.shop.patch(name, body);
    await this.follow();
  }

  /** The source has seen what stands on the server, and the ledger follows it. */
  async follow(): Promise<void> {
    await this.see();
    await saveTenants(this.ledger.database, this.source.tenants());
    await this.ledger.openAccounts();
  }

  /** The source has seen what stands on the server. */
  async see(): Promise<void> {
    await until(async () => {
      const { items } = await this.kube.api.request<{ items: readonly { metadata: { name: string; resourceVersion: string } }[] }>({ method: 'GET', path: `/apis/kds.io/v1alpha1/namespaces/${this.shop.name}/tenants` });
      const versions = (objects: typeof items) => objects.map(({ metadata }) => `${metadata.name} ${metadata.resourceVersion}`).sort().join();
      return versions(items) === versions(this.source.objects());
    }, { describe: 'the source to have seen the objects' });
    await until(() => new Promise((resolve) => setImmediate(() => resolve(true))), { describe: 'what was seen to be applied' });
  }

  /** One turn of so many instances at once. */
  async report(instances = 1): Promise<void> {
    await this.follow();
    await this.reportUnfollowed(instances);
    await this.follow();
  }

  /** The same while the ledger does not follow yet. */
  async reportUnfollowed(instances = 1): Promise<void> {
    const { database, logger } = this.ledger;
    await Promise.all(Array.from({ length: instances }, () => reportStatus({ database, objects: this.objects, source: this.source, logger })));
  }

  /** One turn of so many instances at once; how often something was carried out. */
  async carryOut(instances = 1, objects: Pick<TenantObjects, 'all' | 'read'> = this.objects): Promise<number> {
    let done = 0;
    const { database, logger } = this.ledger;
    await Promise.all(Array.from({ length: instances }, () => carryOutVerbs({ database, objects, logger, onDone: () => void (done += 1) })));
    return done;
  }

  async finishDeletions(): Promise<void> {
    await finishDeletions({ database: this.ledger.database, objects: this.objects, logger: this.ledger.logger });
    await this.follow();
  }

  close(): Promise<void> {
    return this.source.close();
  }
}
