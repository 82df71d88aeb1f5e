import type { TenantChange } from './tenant-change.js';
import type { TenancyLog } from './tenant-source.js';

/** Those who want to hear of changes. One that fails does not keep the others from hearing. */
export class TenantListeners {
  readonly #listeners = new Set<(change: TenantChange) => void>();

  constructor(private readonly log: TenancyLog) {}

  add(listener: (change: TenantChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  announce(change: TenantChange): void {
    if (change.kind === 'invalid') {
      const { name, file, problems } = change;
      const mistakes = problems.map(({ path, reason }) => (path === '' ? reason : `${path}: ${reason}`)).join('; ');
      this.log.error({ tenant: name, file, problems }, `manifest refused, nothing runs for it: ${file}: ${mistakes}`);
    }
    for (const listener of this.#listeners) {
      try {
        listener(change);
      } catch (error) {
        this.log.error({ err: error, change: change.kind }, 'a listener to tenant changes failed');
      }
    }
  }
}
