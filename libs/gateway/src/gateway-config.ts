import 'reflect-metadata';
import { wantsTraces } from '@kds/observability';
import { defaultAllowedHosts, parseAllowedHosts, readTenantsPlace, type TenantsPlace } from '@kds/tenancy';
import { plainToInstance } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min, validateSync } from 'class-validator';

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
const poolName = '[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?';

/** The names that a gateway reads from its environment, as they stand there. */
class GatewayEnvironment {
  @Matches(/^(nats|tls|ws|wss):\/\/\S+$/, { message: 'write the address of NATS, e.g. nats://nats:4222' })
  readonly NATS_URL!: string;

  @IsOptional() @IsString()
  readonly KDS_ALLOWED_HOSTS?: string;

  @IsOptional() @IsString()
  readonly KDS_HTTP_HOST?: string;

  @IsOptional() @IsInt({ message: 'write a port' }) @Min(0) @Max(65_535)
  readonly KDS_HTTP_PORT?: number;

  @IsOptional() @Matches(new RegExp(`^(\\*|${poolName}(\\s*,\\s*${poolName})*)$`), { message: 'write names of pools with commas between them, or * alone' })
  readonly KDS_POOLS?: string;

  @IsOptional() @IsString()
  readonly KDS_VERSION?: string;

  @IsOptional() @IsIn(['otlp', 'off'], { message: 'write otlp or off' })
  readonly KDS_TRACES?: string;

  @IsOptional() @IsIn(logLevels, { message: `write one of ${logLevels.join(', ')}` })
  readonly KDS_LOG_LEVEL?: string;

  @IsOptional() @IsInt({ message: 'write a whole number' }) @Min(1) @Max(5_000)
  readonly KDS_CONCURRENCY?: number;
}

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
}

/** The environment is not one to start with; the message names every mistake. */
export class GatewayConfigError extends Error {
  override readonly name = 'GatewayConfigError';
}

/** Checks the environment and applies the defaults; a name that is set to nothing counts as not set. Throws a `GatewayConfigError`. */
export function readGatewayConfig(env: Readonly<Record<string, string | undefined>>): GatewayConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const raw = plainToInstance(GatewayEnvironment, { ...given, ...numbersIn(given, ['KDS_HTTP_PORT', 'KDS_CONCURRENCY']) });
  const tenants = readTenantsPlace(given);
  const mistakes = [
    ...validateSync(raw, { stopAtFirstError: true }).map(({ property, constraints }) => `${property}: ${Object.values(constraints ?? {}).join(', ')}`),
    ...(tenants.ok ? [] : tenants.error),
  ];
  if (!tenants.ok || mistakes.length > 0) throw new GatewayConfigError(mistakes.join('; '));
  return Object.freeze({
    natsUrl: raw.NATS_URL,
    tenants: tenants.value,
    allowedHosts: raw.KDS_ALLOWED_HOSTS === undefined ? defaultAllowedHosts : parseAllowedHosts(raw.KDS_ALLOWED_HOSTS),
    httpHost: raw.KDS_HTTP_HOST ?? '0.0.0.0',
    httpPort: raw.KDS_HTTP_PORT ?? 8080,
    pools: [...new Set((raw.KDS_POOLS ?? 'shared').split(',').map((pool) => pool.trim()))],
    logLevel: raw.KDS_LOG_LEVEL ?? 'info',
    traces: wantsTraces(env),
    version: raw.KDS_VERSION ?? 'unversioned',
    concurrency: raw.KDS_CONCURRENCY ?? 200,
  });
}

function numbersIn(given: Readonly<Record<string, string | undefined>>, names: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(names.flatMap((name) => (given[name] === undefined ? [] : [[name, Number(given[name])]])));
}
