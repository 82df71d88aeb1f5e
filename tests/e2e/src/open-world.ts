import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type DilovodSimulator, startDilovodSimulator } from '@kds/dilovod-simulator';
import { type Stack, type StackOptions, startStack } from '@kds/kds';
import { type KeycrmSimulator, startKeycrmSimulator } from '@kds/keycrm-simulator';
import { type ShopOptions, SimulatedShop } from '@kds/simulated-shop';
import { Client } from 'pg';

const kdsProgram = fileURLToPath(new URL('../../../tools/kds/dist/main.js', import.meta.url));

/** Both simulators with their shops, and the three real services at work on them. */
export interface World {
  readonly keycrm: KeycrmSimulator;
  readonly dilovod: DilovodSimulator;
  readonly shops: readonly SimulatedShop[];
  /** The one that runs now. */
  readonly stack: Stack;
  readonly log: readonly string[];
  readonly tenantsDir: string;
  writeManifest(shop: SimulatedShop, changes?: Readonly<Record<string, unknown>>): Promise<void>;
  /** Asks the ledger. */
  ledger<T>(sql: string, parameters?: readonly unknown[]): Promise<readonly T[]>;
  /** Ends every process in order and starts them all again: on the same data, or with Postgres and NATS empty. */
  restartStack(options?: { readonly forgettingEverything: boolean }): Promise<void>;
  /** Runs an operator's verb against the ledger; resolves with what it printed, rejects when it fails. */
  kds(...args: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly shops: readonly ShopOptions[];
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly webhooks?: boolean;
  readonly replicas?: StackOptions['replicas'];
  /** Beside our own environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly serviceEnv?: StackOptions['serviceEnv'];
}

export async function openWorld({ shops: wanted, spec = {}, webhooks = true, replicas, env = {}, serviceEnv }: WorldOptions): Promise<World> {
  const [keycrm, dilovod] = await Promise.all([startKeycrmSimulator(), startDilovodSimulator()]);
  const shops = wanted.map((options) => SimulatedShop.open({ keycrm, dilovod }, options));
  const tenantsDir = await mkdtemp(join(tmpdir(), 'kds-tenants-'));
  const writeManifest = (shop: SimulatedShop, changes = {}) => writeFile(join(tenantsDir, `${shop.name}.yaml`), shop.manifest({ ...spec, ...changes }));
  await Promise.all(shops.map((shop) => writeManifest(shop)));
  const stateDirs: string[] = [];
  const newStateDir = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kds-state-'));
    await chmod(folder, 0o711); // the embedded Postgres may have an account of its own
    stateDirs.push(folder);
    return folder;
  };
  let stateDir = await newStateDir();
  const log: string[] = [];
  const open = async () => {
    const stack = await startStack({ tenantsDir, stateDir, replicas, env: { ...process.env, ...env }, serviceEnv, onLog: (record) => log.push(record) });
    const ledger = new Client({ connectionString: stack.ready.databaseUrl });
    await ledger.connect();
    if (webhooks) for (const shop of shops) shop.subscribe(stack.ready);
    return { stack, ledger };
  };
  let running = await open();
  const stop = async () => {
    await running.ledger.end();
    await running.stack.stop();
  };
  return {
    keycrm,
    dilovod,
    shops,
    get stack() {
      return running.stack;
    },
    log,
    tenantsDir,
    writeManifest,
    ledger: async (sql, parameters = []) => (await running.ledger.query(sql, [...parameters])).rows,
    restartStack: async ({ forgettingEverything } = { forgettingEverything: false }) => {
      await stop();
      if (forgettingEverything) stateDir = await newStateDir();
      running = await open();
    },
    kds: async (...args) => {
      const { databaseUrl, natsUrl } = running.stack.ready;
      const { stdout } = await promisify(execFile)(process.execPath, [kdsProgram, ...args], { env: { ...process.env, DATABASE_URL: databaseUrl, NATS_URL: natsUrl } });
      return stdout;
    },
    close: async () => {
      await stop();
      await Promise.all([keycrm.close(), dilovod.close()]);
      await Promise.all([tenantsDir, ...stateDirs].map((folder) => rm(folder, { recursive: true, force: true })));
    },
  };
}
