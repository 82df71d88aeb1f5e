import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDilovodSimulator } from '@kds/dilovod-simulator';
import { startStack } from '@kds/kds';
import { startKeycrmSimulator } from '@kds/keycrm-simulator';
import { type ShopOptions, SimulatedShop } from '@kds/simulated-shop';
import { Client } from 'pg';

/** One simulated shop and the three services at work on it, for measuring. */
export interface BenchWorld {
  readonly shop: SimulatedShop;
  readonly pids: Readonly<Record<string, number>>;
  /** Tells the gateway that such an object changed in Dilovod. */
  hint(objectName: string): Promise<void>;
  /** Is any request with an API, or about to be? */
  busy(): Promise<boolean>;
  close(): Promise<void>;
}

export async function openBenchWorld(options: ShopOptions, spec: Readonly<Record<string, unknown>>): Promise<BenchWorld> {
  const [keycrm, dilovod] = await Promise.all([startKeycrmSimulator(), startDilovodSimulator()]);
  const shop = SimulatedShop.open({ keycrm, dilovod }, options);
  const tenantsDir = await mkdtemp(join(tmpdir(), 'kds-bench-'));
  const orders = { ...shop.spec().orders, every: '1h', writeBack: { documentField: null, problemField: null } };
  await writeFile(join(tenantsDir, 'tenant.yaml'), shop.manifest({ orders, ...spec }));
  const stack = await startStack({ tenantsDir, env: { ...process.env, KDS_LOG_LEVEL: 'warn' }, onLog: () => undefined });
  const ledger = new Client({ connectionString: stack.ready.databaseUrl });
  await ledger.connect();
  shop.subscribe(stack.ready);
  return {
    shop,
    pids: stack.ready.pids,
    hint: async (objectName) => {
      const packet = JSON.stringify({ action: 'objectChanged', params: { objectName, id: '1109100000001234' } });
      const response = await fetch(`${stack.ready.dilovodGateway}/webhooks/dilovod/${shop.name}/${shop.webhookToken}?packet=${encodeURIComponent(packet)}`);
      if (response.status !== 202) throw new Error(`the webhook was answered ${response.status}`);
    },
    busy: async () => {
      const { rows } = await ledger.query<{ busy: boolean }>(
        `select exists (select 1 from commands where state = 'dispatched' or (state = 'pending' and not_before < now() + interval '1 second'))
           or exists (select 1 from orders where dirty_since is not null) or not exists (select 1 from snapshots) as busy`,
      );
      return rows[0]?.busy ?? true;
    },
    close: async () => {
      await ledger.end();
      await stack.stop();
      await Promise.all([keycrm.close(), dilovod.close()]);
      await rm(tenantsDir, { recursive: true, force: true });
    },
  };
}
