import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';

/** Members whose values never reach a log, wherever they stand in a record. */
const secretMembers = ['apiKey', 'token', 'authorization', 'password', 'phone', 'email', 'fullName', 'buyer', 'recipient', 'remarkFromPerson'];

export type { Logger } from 'pino';

/** A logger that writes one JSON line a record on standard output, without keys and personal data. */
export function createLogger({ service, level }: { readonly service: string; readonly level: string }): Logger {
  return pino({
    level,
    base: { service, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: secretMembers.flatMap((member) => [member, `*.${member}`, `*.*.${member}`]), censor: '[redacted]' },
  });
}

/** Lets Nest write its own records through our logger. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }

  warn(message: unknown, context?: string): void {
    this.logger.warn({ context }, String(message));
  }

  error(message: unknown, stack?: string, context?: string): void {
    this.logger.error({ context, stack }, String(message));
  }

  debug(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }

  verbose(message: unknown, context?: string): void {
    this.logger.trace({ context }, String(message));
  }
}
