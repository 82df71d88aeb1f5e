import { parseArgs } from 'node:util';

export interface SimulatorConfig {
  readonly port: number;
  readonly host: string;
}

/** Reads `--port` and `--host`, or DILOVOD_SIMULATOR_PORT and DILOVOD_SIMULATOR_HOST; a free port of 127.0.0.1 without them. Throws on a port that is none. */
export function readConfig(): SimulatorConfig {
  const { values } = parseArgs({ options: { port: { type: 'string' }, host: { type: 'string' } } });
  const port = Number(values.port ?? process.env['DILOVOD_SIMULATOR_PORT'] ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error('The port is a number from 0 to 65535');
  return { port, host: values.host ?? process.env['DILOVOD_SIMULATOR_HOST'] ?? '127.0.0.1' };
}
