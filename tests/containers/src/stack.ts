import { connectDilovodControl } from '@kds/dilovod-simulator';
import { freePort } from '@kds/embedded';
import { statusIds } from '@kds/simulated-shop';
import { run } from './run.js';
import { workspace } from './find-engine.js';

export const services = ['keycrm-gateway', 'dilovod-gateway', 'sync-orchestrator'] as const;
export type Service = (typeof services)[number];

export interface ContainerState {
  readonly id: string;
  readonly restarts: number;
  readonly status: string;
  readonly health?: string;
  readonly exitCode: number;
  readonly pid: number;
}

const portNames = ['KDS_KEYCRM_GATEWAY_PORT', 'KDS_DILOVOD_GATEWAY_PORT', 'KDS_ORCHESTRATOR_PORT', 'KDS_KEYCRM_SIMULATOR_PORT', 'KDS_DILOVOD_SIMULATOR_PORT'] as const;
type Ports = Readonly<Record<(typeof portNames)[number], string>>;

/** docker-compose.yml with its simulators, under a project name and on ports of its own. */
export class Stack {
  private constructor(
    private readonly env: NodeJS.ProcessEnv,
    private readonly ports: Ports,
  ) {}

  static async plan(env: NodeJS.ProcessEnv): Promise<Stack> {
    const ports = await Promise.all(portNames.map(async (name) => [name, String(await freePort())]));
    return new Stack(env, Object.fromEntries(ports) as Ports);
  }

  docker(...args: readonly string[]): Promise<string> {
    return run('docker', args, { env: { ...this.env, ...this.ports }, cwd: workspace });
  }

  compose(...args: readonly string[]): Promise<string> {
    return this.docker('compose', '--project-name', 'kds-containers', '--env-file', 'docker/simulators.env', ...args);
  }

  async state(service: string): Promise<ContainerState> {
    const id = (await this.compose('ps', '--all', '--quiet', service)).trim();
    const [{ State: state, RestartCount: restarts }] = JSON.parse(await this.docker('inspect', id)) as [{ RestartCount: number; State: { Status: string; ExitCode: number; Pid: number; Health?: { Status: string } } }];
    return { id, restarts, status: state.Status, health: state.Health?.Status, exitCode: state.ExitCode, pid: state.Pid };
  }

  /** Ends a container's process as a crash would, from the engine's own host: `docker kill` counts as a wish, and is not followed by a restart. */
  async crash(service: string): Promise<void> {
    const { pid } = await this.state(service);
    await this.docker('run', '--rm', '--pid=host', '--user=0', '--network=none', 'kds/simulators:0.1.0', 'node', '--eval', `process.kill(${pid}, 'SIGKILL')`);
  }

  /** Makes an order in KeyCRM that is shipped at once; its number. */
  async shipOrder(): Promise<number> {
    const { id } = await this.actInKeycrm<{ id: number }>('createOrder', {
      buyer: { fullName: 'Олена Коваль', phone: '067 123 45 67' },
      lines: [{ sku: 'BRYBPB', quantity: 2, warehouseId: 1 }],
    });
    await this.actInKeycrm('moveStatus', { orderId: id, statusId: statusIds.shipped });
    return id;
  }

  /** Types of the posted documents that Dilovod holds for an order. */
  async documentsOf(order: number): Promise<readonly string[]> {
    const dilovod = connectDilovodControl(`http://127.0.0.1:${this.ports.KDS_DILOVOD_SIMULATOR_PORT}/_control`).base('simulated-shop');
    const documents = await dilovod.documents();
    return documents.filter(({ remark, posted, delMark }) => posted && !delMark && new RegExp(`^KeyCRM #${order}( |$)`).test(remark)).map(({ type }) => type).sort();
  }

  private async actInKeycrm<Answer>(verb: string, body: object): Promise<Answer> {
    const answer = await fetch(`http://127.0.0.1:${this.ports.KDS_KEYCRM_SIMULATOR_PORT}/_control/accounts/simulated-shop/${verb}`, { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${verb}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Answer;
  }
}
