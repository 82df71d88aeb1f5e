import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

export interface Config {
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
}

/** Reads `--port` and `--host`, else `KEYCRM_SIMULATOR_PORT` and `KEYCRM_SIMULATOR_HOST`. Throws a `RangeError` for a port that is none. */
export function readConfig(args: readonly string[] = process.argv.slice(2), environment: NodeJS.ProcessEnv = process.env): Config {
  const { values } = parseArgs({ args: [...args], options: { port: { type: 'string' }, host: { type: 'string' } } });
  const port = Number(values.port ?? environment['KEYCRM_SIMULATOR_PORT'] ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new RangeError('the port must be a number from 0 to 65535');
  return { host: values.host ?? environment['KEYCRM_SIMULATOR_HOST'] ?? '127.0.0.1', port };
}

/** Where the vendor's API description is expected: `KDS_KEYCRM_OPENAPI`, or a folder beside the repository. */
export function keycrmOpenapiPath(environment: NodeJS.ProcessEnv = process.env): string {
  return environment['KDS_KEYCRM_OPENAPI'] ?? fileURLToPath(new URL('../../../../../shared/apis/keycrm-openapi.yaml', import.meta.url));
}
