import { join, resolve } from 'node:path';

/** The three services, in the order of their ports. */
export const SERVICES = ['keycrm-gateway', 'dilovod-gateway', 'sync-orchestrator'] as const;
export type ServiceName = (typeof SERVICES)[number];

const VENDOR_HOSTS = 'openapi.keycrm.app,api.dilovod.ua';
const LOOPBACK = 'localhost,127.0.0.1,::1';

/** The file that Node runs for a service, once the workspace is built. */
export function serviceEntry(service: ServiceName): string {
  const workspace = resolve(import.meta.dirname, '..', '..', '..', '..');
  return join(workspace, 'apps', service, 'dist', 'main.js');
}

/** What every service of one stack is told alike. */
export interface StackSettings {
  readonly databaseUrl: string;
  readonly natsUrl: string;
  /** Absolute. */
  readonly tenantsDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The environment of one service. Only the orchestrator learns where the ledger is. */
export function serviceEnvironment(service: ServiceName, port: number, { databaseUrl, natsUrl, tenantsDir, env }: StackSettings): NodeJS.ProcessEnv {
  const { DATABASE_URL: _, ...inherited } = env;
  return {
    ...inherited,
    ...(service === 'sync-orchestrator' ? { DATABASE_URL: databaseUrl } : { KDS_POOLS: '*' }),
    NATS_URL: natsUrl,
    KDS_TENANTS_SOURCE: 'directory',
    KDS_TENANTS_DIR: tenantsDir,
    KDS_ALLOWED_HOSTS: allowedHosts(env['KDS_ALLOWED_HOSTS']),
    KDS_HTTP_HOST: '127.0.0.1',
    KDS_HTTP_PORT: String(port),
    KDS_LOG_LEVEL: env['KDS_LOG_LEVEL']?.trim() || 'info',
  };
}

/** Where tenants' base URLs may point: what the operator allows, else the vendors; and this machine, since simulators run here. */
export function allowedHosts(given: string | undefined): string {
  return `${given?.trim() || VENDOR_HOSTS},${LOOPBACK}`;
}
