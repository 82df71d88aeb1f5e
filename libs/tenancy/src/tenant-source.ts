import type { Secret } from './secret.js';
import type { TenantChange } from './tenant-change.js';
import type { TenantRecord } from './tenant-record.js';
import type { SecretRef, Tenant } from './tenant-spec.js';

/** Where tenants come from. Whatever the source, the meaning is the same. */
export interface TenantSource {
  /** Resolves after the first look. Listeners that were added before hear of every tenant found by it. */
  start(): Promise<void>;
  /** Everything found, valid or not. */
  tenants(): readonly TenantRecord[];
  /** A valid tenant. */
  find(name: string): Tenant | undefined;
  /** The value behind a reference, or `undefined` when no such Secret or key is there. */
  secret(ref: SecretRef): Secret | undefined;
  /** Calls `listener` for every change until the returned function is called. */
  onChange(listener: (change: TenantChange) => void): () => void;
  /** When the tenants were last looked at with success, be it that nothing had changed; changes after that may be missing. */
  lastLook(): Date | undefined;
  close(): Promise<void>;
}

/** The part of a logger that a source needs; pino's fits. */
export interface TenancyLog {
  debug(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
