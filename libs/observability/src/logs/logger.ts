import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino } from 'pino';
import { activeTraceId } from '../traces/spans.js';
import { hideContacts } from './hide-contacts.js';
import { plainError } from './plain-error.js';

/** Members whose values never reach a log, wherever they stand in a record. */
const secretMembers: ReadonlySet<string> = new Set([
  ...['apiKey', 'key', 'token', 'authorization', 'password', 'secret', 'cookie'],
  ...['phone', 'email', 'fullName', 'firstName', 'lastName', 'buyer', 'recipient', 'remarkFromPerson', 'parameters', 'body'],
]);

const censored = '[redacted]';
const deepest = 8;

export type { Logger } from 'pino';

export interface LoggerOptions {
  readonly service: string;
  readonly level: string;
  /** Default: standard output. */
  readonly destination?: DestinationStream;
}

/** A logger that writes one JSON line a record, without keys and personal data. */
export function createLogger({ service, level, destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { service, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }), log: (record: Record<string, unknown>) => censor(record, 0) as Record<string, unknown> },
    serializers: { err: (error: unknown) => error },
    mixin: () => withTrace(),
    hooks: { streamWrite: hideContacts },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

function withTrace(): { readonly traceId?: string } {
  const traceId = activeTraceId();
  return traceId === undefined ? {} : { traceId };
}

function censor(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Error) return plainError(value);
  if (depth === deepest) return '[deep]';
  if (Array.isArray(value)) return value.map((each) => censor(each, depth + 1));
  if ('toJSON' in value && typeof value.toJSON === 'function') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, secretMembers.has(name) ? censored : censor(member, depth + 1)]));
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
