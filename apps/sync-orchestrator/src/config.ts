import 'reflect-metadata';
import { plainToInstance, Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min, validateSync } from 'class-validator';
import { wantsTraces } from '@kds/observability';
import { defaultAllowedHosts, parseAllowedHosts, readTenantsPlace, type TenantsPlace } from '@kds/tenancy';

class Environment {
  @Matches(/^postgres(ql)?:\/\//, { message: 'DATABASE_URL must be a postgres:// address' }) readonly DATABASE_URL!: string;
  @IsString({ message: 'NATS_URL must name the NATS server, e.g. nats://nats:4222' }) readonly NATS_URL!: string;
  @IsOptional() @IsString() readonly KDS_ALLOWED_HOSTS?: string;
  @IsString() readonly KDS_HTTP_HOST: string = '0.0.0.0';
  @Type(() => Number) @IsInt() @Min(0) @Max(65_535) readonly KDS_HTTP_PORT: number = 8080;
  @IsOptional() @IsIn(['otlp', 'off', ''], { message: 'KDS_TRACES is otlp or off' }) readonly KDS_TRACES?: string;
  @IsString() readonly KDS_VERSION: string = 'unversioned';
  @IsIn(['trace', 'debug', 'info', 'warn', 'error', 'silent']) readonly KDS_LOG_LEVEL: string = 'info';
}

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
}

/** Reads the environment; throws one error that names every mistake. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const raw = plainToInstance(Environment, environment, { exposeDefaultValues: true, excludeExtraneousValues: false });
  const tenants = readTenantsPlace(environment);
  const problems = [...validateSync(raw, { whitelist: true }).flatMap((problem) => Object.values(problem.constraints ?? {})), ...(tenants.ok ? [] : tenants.error)];
  if (!tenants.ok || problems.length > 0) throw new Error(`the environment is not right:\n- ${problems.join('\n- ')}`);
  return Object.freeze({
    databaseUrl: raw.DATABASE_URL,
    natsUrl: raw.NATS_URL,
    tenants: tenants.value,
    allowedHosts: raw.KDS_ALLOWED_HOSTS === undefined ? defaultAllowedHosts : parseAllowedHosts(raw.KDS_ALLOWED_HOSTS),
    httpHost: raw.KDS_HTTP_HOST,
    httpPort: raw.KDS_HTTP_PORT,
    logLevel: raw.KDS_LOG_LEVEL,
    traces: wantsTraces(environment),
    version: raw.KDS_VERSION,
  });
}
