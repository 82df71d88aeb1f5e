import { GatewayMetrics } from '@kds/gateway';
import { OrchestratorMetrics, watchLedger } from '@kds/sync-orchestrator';
import type { Registry } from 'prom-client';

export interface ExportedMetric {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly labels: readonly string[];
  readonly of: 'gateways' | 'orchestrator' | 'every service';
}

/** What the services define themselves, without what is said of every Node.js process. */
export function exportedMetrics(): readonly ExportedMetric[] {
  const gateway = definitions(gatewayRegistry());
  const orchestrator = definitions(orchestratorRegistry());
  const names = [...new Set([...gateway.keys(), ...orchestrator.keys()])].sort();
  return names.flatMap((name) => {
    const [one, other] = [gateway.get(name), orchestrator.get(name)];
    const definition = one ?? other;
    const of = one && other ? 'every service' : one ? 'gateways' : 'orchestrator';
    return definition === undefined ? [] : [{ ...definition, of } as const];
  });
}

const nothing = { version: '', lastTenantLook: () => undefined };

function gatewayRegistry(): Registry {
  return new GatewayMetrics({ ...nothing, service: 'gateway', system: 'keycrm', isKnown: () => true }).registry;
}

/** Nothing is read before somebody asks for values, so nothing has to be connected. */
function orchestratorRegistry(): Registry {
  const metrics = new OrchestratorMetrics(nothing);
  const unconnected = { subscribers: [] } as never;
  watchLedger({ metrics, database: unconnected, bus: unconnected, findTenant: () => undefined, logger: unconnected });
  return metrics.registry;
}

/** prom-client's types leave out the labels that a metric was made with. */
interface Definition {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  readonly labelNames: readonly string[];
}

function definitions(registry: Registry): ReadonlyMap<string, Omit<ExportedMetric, 'of'>> {
  const all = registry.getMetricsAsArray() as unknown as readonly Definition[];
  const own = all.filter(({ name }) => name.startsWith('kds_'));
  return new Map(own.map(({ name, type, help, labelNames }) => [name, { name, type, help, labels: labelNames.filter((label) => label !== 'le') }]));
}
