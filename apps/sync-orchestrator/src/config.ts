import { type Environment, matching, readSettings, serviceSettings, settingsGiven, unknownSettings, wantsTraces } from '@kds/observability';
import { defaultAllowedHosts, parseAllowedHosts, readTenantsPlace, type TenantsPlace } from '@kds/tenancy';

/** The names that this service reads from its environment, beside where its tenants are. */
const orchestratorSettings = {
  ...serviceSettings,
  DATABASE_URL: matching(/^postgres(ql)?:\/\/\S+$/, 'write the address of Postgres, e.g. postgres://kds@postgres:5432/kds'),
} as const;

/** What this service is told from outside; read once, frozen. */
export interface Config {
  readonly databaseUrl: string;
  readonly natsUrl: string;
  readonly tenants: TenantsPlace;
  readonly allowedHosts: readonly string[];
  readonly httpHost: string;
  readonly httpPort: number;
  readonly logLevel: string;
  /** Whether spans are sent. */
  readonly traces: boolean;
  /** What was built, for `kds_build_info`. */
  readonly version: string;
  /** What of the environment may be a slip of the pen, for the log. */
  readonly remarks: readonly string[];
}

/** Reads the environment; a name that is set to nothing counts as not set. Throws a `SettingsError` that names every mistake. */
export function readConfig(env: Environment = process.env): Config {
  const tenants = readTenantsPlace(settingsGiven(env));
  const raw = readSettings(env, orchestratorSettings, tenants.ok ? [] : tenants.error);
  if (!tenants.ok) throw new TypeError('mistakes were overlooked');
  return Object.freeze({
    databaseUrl: raw.DATABASE_URL,
    natsUrl: raw.NATS_URL,
    tenants: tenants.value,
    allowedHosts: raw.KDS_ALLOWED_HOSTS === undefined ? defaultAllowedHosts : parseAllowedHosts(raw.KDS_ALLOWED_HOSTS),
    httpHost: raw.KDS_HTTP_HOST,
    httpPort: raw.KDS_HTTP_PORT,
    logLevel: raw.KDS_LOG_LEVEL,
    traces: wantsTraces(env),
    version: raw.KDS_VERSION,
    remarks: unknownSettings(env),
  });
}
