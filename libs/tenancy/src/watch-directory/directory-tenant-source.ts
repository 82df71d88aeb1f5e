import { type FSWatcher, watch } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { combineManifests } from '../read-manifests/combine-manifests.js';
import { readManifests } from '../read-manifests/read-manifests.js';
import type { Secret } from '../secret.js';
import { changesBetween, nothingSeen, type TenantChange, type TenantsSeen } from '../tenant-change.js';
import { TenantListeners } from '../tenant-listeners.js';
import type { TenantRecord } from '../tenant-record.js';
import type { TenancyLog, TenantSource } from '../tenant-source.js';
import type { SecretRef, Tenant } from '../tenant-spec.js';
import { numberManifests } from './number-manifests.js';
import { type FilesSeen, isGone, readDirectory, sameFiles } from './read-directory.js';

export interface DirectoryTenantSourceOptions {
  readonly directory: string;
  readonly allowedHosts: readonly string[];
  readonly log: TenancyLog;
  /** How often everything is looked at, notified or not; a second by default. */
  readonly everyMs?: number;
  /** How long a change must stand still before it is believed, so that a file caught half-written does no harm; a quarter second by default. */
  readonly settleMs?: number;
}

const looksUntilSettled = 4;

/** Tenants from a directory of YAML files. Changes apply within two seconds. The directory may come later than the source. */
export class DirectoryTenantSource implements TenantSource {
  readonly #options: Required<DirectoryTenantSourceOptions>;
  readonly #listeners: TenantListeners;
  #files: FilesSeen = new Map();
  #seen: TenantsSeen = nothingSeen;
  #watcher: FSWatcher | undefined;
  #trouble: string | undefined;
  #lastRead: Date | undefined;
  #lastLook: Date | undefined;
  #closing = false;
  #looking: Promise<void> = Promise.resolve();
  #wake: () => void = () => {};

  constructor(options: DirectoryTenantSourceOptions) {
    this.#options = { everyMs: 1_000, settleMs: 250, ...options };
    this.#listeners = new TenantListeners(options.log);
  }

  async start(): Promise<void> {
    await this.#look();
    this.#looking = this.#keepLooking();
  }

  tenants(): readonly TenantRecord[] {
    return this.#seen.tenants;
  }

  find(name: string): Tenant | undefined {
    const record = this.#seen.tenants.find((each) => each.state === 'valid' && each.tenant.name === name);
    return record?.state === 'valid' ? record.tenant : undefined;
  }

  secret(ref: SecretRef): Secret | undefined {
    return this.#seen.secret(ref);
  }

  onChange(listener: (change: TenantChange) => void): () => void {
    return this.#listeners.add(listener);
  }

  lastLook(): Date | undefined {
    return this.#lastLook;
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#watcher?.close();
    this.#wake();
    await this.#looking;
  }

  async #keepLooking(): Promise<void> {
    while (!this.#closing) {
      this.#watch();
      await this.#rest();
      if (!this.#closing) await this.#look();
    }
  }

  /** Until the next regular look, or until something moves in the directory. */
  #rest(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#options.everyMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Only makes the regular look earlier, so it may fail: no such directory yet, no watches left, a file system without them. */
  #watch(): void {
    if (this.#watcher !== undefined) return;
    try {
      const watcher = watch(this.#options.directory, () => this.#wake());
      watcher.on('error', () => watcher.close());
      watcher.on('close', () => (this.#watcher = undefined));
      this.#watcher = watcher;
    } catch {
      this.#watcher = undefined;
    }
  }

  async #look(): Promise<void> {
    const files = await this.#readUntilSettled();
    const changed = !sameFiles(files, this.#files);
    this.#files = files;
    if (changed) this.#apply(files);
    this.#lastLook = this.#lastRead;
  }

  /** Reads until two looks in a row agree; one is enough when nothing changed. */
  async #readUntilSettled(): Promise<FilesSeen> {
    let before = this.#files;
    for (let looks = 0; ; looks += 1) {
      const now = await this.#read(before);
      if (sameFiles(now, before) || looks === looksUntilSettled) return now;
      before = now;
      await sleep(this.#options.settleMs);
    }
  }

  async #read(before: FilesSeen): Promise<FilesSeen> {
    const { directory, allowedHosts } = this.#options;
    const begun = new Date();
    try {
      const files = await readDirectory({ directory, before, read: (file) => readManifests(file, { allowedHosts }) });
      this.#trouble = undefined;
      this.#lastRead = begun;
      return files;
    } catch (error) {
      const gone = isGone(error);
      this.#complain(gone ? 'no such directory, so no tenants; create it' : `tenants stay as they were, the directory can not be read: ${String(error)}`);
      return gone ? new Map() : before;
    }
  }

  #apply(files: FilesSeen): void {
    const manifests = new Map([...files].map(([path, file]) => [path, file.manifests]));
    const before = this.#seen;
    const together = combineManifests(manifests, before.tenants);
    this.#seen = { ...together, tenants: numberManifests(together.tenants, { before: before.tenants, changedAt: (path) => files.get(path)?.changedAt ?? 0 }) };
    for (const change of changesBetween(before, this.#seen)) this.#listeners.announce(change);
  }

  #complain(trouble: string): void {
    if (this.#trouble === trouble) return;
    this.#trouble = trouble;
    this.#options.log.warn({ directory: this.#options.directory }, trouble);
  }
}
