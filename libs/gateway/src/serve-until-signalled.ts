import { createLogger, endOnBug } from '@kds/observability';
import type { RunningGateway } from './start-gateway.js';

/** Runs a service until SIGTERM or SIGINT and exits 0 when its work is finished; exits 1 with the reason in the log when it cannot start. */
export async function serveUntilSignalled(service: string, start: () => Promise<RunningGateway>): Promise<void> {
  const log = createLogger({ service, level: 'info' });
  endOnBug(log);
  try {
    const { app } = await start();
    app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
  } catch (error) {
    log.fatal({ err: error }, `cannot start: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}
