import { type Environment, matchingOr, readSettings, serviceSettings, settingsGiven, unknownSettings, wantsTraces, wholeNumber } from '@kds/observability';
import { defaultAllowedHosts, parseAllowedHosts, readTenantsPlace, type TenantsPlace } from '@kds/tenancy';

const poolName = '[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?';

/** The names that a gateway reads from its environment, beside where its tenants are. */
const gatewaySettings = {
  ...serviceSettings,
  KDS_POOLS: matchingOr(new RegExp(`^(\\*|${poolName}(\\s*,\\s*${poolName})*)$`), 'write names of pools with commas between them, or * alone', 'shared'),
  KDS_CONCURRENCY: wholeNumber({ from: 1, to: 5_000, fallback: 200 }),
} as const;

/** What a gateway is told from outside, checked. */
export interface GatewayConfig {
  readonly natsUrl: string;
  readonly tenants: TenantsPlace;
  readonly allowedHosts: readonly string[];
  readonly httpHost: string;
  /** 0: a free one. */
  readonly httpPort: number;
  /** Pools whose commands are taken; `*` alone means all. */
  readonly pools: readonly string[];
  readonly logLevel: string;
  /** Whether spans are sent. */
  readonly traces: boolean;
  /** What was built, for `kds_build_info`. */
  readonly version: string;
  /** Commands of one pool that are worked on at once. */
  readonly concurrency: number;
  /** What of the environment may be a slip of the pen, for the log. */
  readonly remarks?: readonly string[];
}

/** Checks the environment and applies the defaults; a name that is set to nothing counts as not set. Throws a `SettingsError` that names every mistake. */
export function readGatewayConfig(env: Environment): GatewayConfig {
  const tenants = readTenantsPlace(settingsGiven(env));
  const raw = readSettings(env, gatewaySettings, tenants.ok ? [] : tenants.error);
  if (!tenants.ok) throw new TypeError('mistakes were overlooked');
  return Object.freeze({
    natsUrl: raw.NATS_URL,
    tenants: tenants.value,
    allowedHosts: raw.KDS_ALLOWED_HOSTS === undefined ? defaultAllowedHosts : parseAllowedHosts(raw.KDS_ALLOWED_HOSTS),
    httpHost: raw.KDS_HTTP_HOST,
    httpPort: raw.KDS_HTTP_PORT,
    pools: [...new Set(raw.KDS_POOLS.split(',').map((pool) => pool.trim()))],
    logLevel: raw.KDS_LOG_LEVEL,
    traces: wantsTraces(env),
    version: raw.KDS_VERSION,
    concurrency: raw.KDS_CONCURRENCY,
    remarks: unknownSettings(env),
  });
}
