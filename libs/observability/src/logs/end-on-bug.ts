import type { Logger } from 'pino';

/** Has an error that nobody caught end the process with a record in the log, where Node would print it with all that hangs on it. */
export function endOnBug(logger: Logger): void {
  const end = (err: unknown) => {
    logger.fatal({ err }, `ends because of an error that nobody caught: ${err instanceof Error ? err.name : typeof err}`);
    process.exit(1);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}
