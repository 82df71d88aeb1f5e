import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DilovodSimulator, startDilovodSimulator } from '@kds/dilovod-simulator';
import { type Stack, startStack } from '@kds/kds';
import { type KeycrmSimulator, startKeycrmSimulator } from '@kds/keycrm-simulator';
import { Ledger } from './ledger.js';
import { YogaShop } from './shop.js';

/** Everything that runs: both simulators with the shop in them, and the three services at work on it. */
export interface World {
  readonly keycrm: KeycrmSimulator;
  readonly dilovod: DilovodSimulator;
  readonly shop: YogaShop;
  readonly stack: Stack;
  readonly ledger: Ledger;
  /** The services' log, one JSON record a line; gone with the world. */
  readonly logFile: string;
}

export interface WorldPlan {
  readonly seed: number;
  /** Gives up while things start. */
  readonly signal: AbortSignal;
  /** Told in plain words what is being started, and what has been. */
  readonly onProgress: (progress: { readonly kind: 'starting' | 'started'; readonly text: string }) => void;
  /** Things to be undone at the end, last one first; those of a start that failed are there too. */
  readonly undo: (() => Promise<unknown>)[];
}

export async function openWorld({ seed, signal, onProgress, undo }: WorldPlan): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'kds-demo-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  const logFile = join(folder, 'services.log');
  const log = createWriteStream(logFile, { mode: 0o600 });
  undo.push(() => new Promise((resolve) => log.end(resolve)));

  const [keycrm, dilovod] = await Promise.all([startKeycrmSimulator(), startDilovodSimulator()]);
  undo.push(() => Promise.all([keycrm.close(), dilovod.close()]));
  const shop = YogaShop.open({ keycrm, dilovod }, seed);
  onProgress({ kind: 'started', text: 'simulated KeyCRM and Dilovod, with the shop in both' });
  onProgress({ kind: 'starting', text: 'Postgres and NATS, then keycrm-gateway, dilovod-gateway and sync-orchestrator' });

  await writeFile(join(folder, 'yoga-shop.yaml'), shop.manifest(), { mode: 0o600 });
  const onLog = (record: string) => {
    log.write(`${record}\n`);
    const server = startedServer(record);
    if (server !== undefined) onProgress({ kind: 'started', text: server });
  };
  const stack = await startStack({ tenantsDir: folder, signal, onLog });
  undo.push(() => stack.stop());
  onProgress({ kind: 'started', text: 'the three services, each in a process of its own' });
  const ledger = await Ledger.connect(stack.ready.databaseUrl, shop.worlds.name);
  undo.push(() => ledger.close());
  shop.worlds.subscribe(stack.ready);
  return { keycrm, dilovod, shop, stack, ledger, logFile };
}

const servers: Readonly<Record<string, string>> = { postgres: 'Postgres, the ledger', nats: 'NATS, the bus' };

function startedServer(record: string): string | undefined {
  if (!record.includes('embedded server started')) return undefined;
  return servers[String((JSON.parse(record) as { server?: unknown }).server)];
}
