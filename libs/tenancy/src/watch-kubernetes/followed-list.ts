import { setTimeout as pause } from 'node:timers/promises';
import { type KubeApi, KubeApiError, type KubeObject, type KubeWatch } from '@kds/kube';

export interface FollowedListOptions<Arrived extends KubeObject, Kept extends KubeObject> {
  readonly api: Pick<KubeApi, 'request' | 'watch'>;
  /** Of the collection, e.g. `/api/v1/namespaces/kds/secrets`. */
  readonly path: string;
  readonly fieldSelector?: string;
  /** What is kept of an object as it arrives. */
  readonly keep: (arrived: Arrived) => Kept;
  /** Everything is listed anew this often, because a watch can die without a word. */
  readonly relistMs: number;
  /** Called after every look or event that changed something. */
  readonly onChange: () => void;
  /** Called with what went wrong, and with `undefined` once it is right again; the same trouble is told once. */
  readonly onTrouble: (trouble: string | undefined) => void;
}

const firstRestMs = 250;
const longestRestMs = 30_000;
/** A server that ends watches as soon as they begin is not asked more often than this. */
const shortestWatchMs = 1_000;

interface Listed<Item> {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly Item[];
}

/** A copy of a collection on an API server, kept fresh: listed, then watched, listed again when the time has come or the watch fails. */
export class FollowedList<Kept extends KubeObject, Arrived extends KubeObject = KubeObject> {
  private objects = new Map<string, Kept>();
  private readonly closing = new AbortController();
  private following: Promise<void> = Promise.resolve();
  private relist = new AbortController();
  private trouble: string | undefined;
  private seenAt: Date | undefined;

  constructor(private readonly options: FollowedListOptions<Arrived, Kept>) {}

  /** Resolves after the first list that succeeds, or when it is closed. */
  async start(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.following = this.follow(resolve).finally(resolve);
    });
  }

  all(): readonly Kept[] {
    return [...this.objects.values()];
  }

  find(name: string): Kept | undefined {
    return this.objects.get(name);
  }

  /** When the server last said something about the collection, be it that nothing changed. */
  lastLook(): Date | undefined {
    return this.seenAt;
  }

  /** Lists anew at once. */
  refresh(): void {
    this.relist.abort();
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.following;
  }

  private async follow(listed: () => void): Promise<void> {
    for (let failures = 0; !this.closing.signal.aborted; ) {
      this.relist = new AbortController();
      try {
        const version = await this.list();
        listed();
        await this.watchUntilRelist(version);
        failures = 0;
      } catch (error) {
        if (this.closing.signal.aborted) return;
        failures += 1;
        if (!isExpired(error)) this.tell(describe(error, this.options.path));
        await this.rest(Math.min(longestRestMs, firstRestMs * 2 ** (failures - 1)));
      }
    }
  }

  private async list(): Promise<string> {
    const { api, path, fieldSelector } = this.options;
    const { metadata, items } = await api.request<Listed<Arrived>>({ method: 'GET', path, query: fieldSelector === undefined ? {} : { fieldSelector }, signal: this.closing.signal });
    const before = this.objects;
    // An object that did not change stays the same one, so that what was computed from it can be kept.
    this.objects = new Map(items.map((item) => [item.metadata.name, sameVersion(before.get(item.metadata.name), item) ?? this.options.keep(item)]));
    this.seen();
    if (before.size !== this.objects.size || [...this.objects].some(([name, item]) => before.get(name) !== item)) this.options.onChange();
    return metadata.resourceVersion;
  }

  /** Begins where the list ended; a watch that the server ends in good order is begun again where it ended. */
  private async watchUntilRelist(listedVersion: string): Promise<void> {
    const until = Date.now() + this.options.relistMs;
    const over = AbortSignal.any([this.closing.signal, this.relist.signal, AbortSignal.timeout(this.options.relistMs)]);
    for (let version = listedVersion; !over.aborted; ) {
      const begun = Date.now();
      const timeoutSeconds = String(Math.max(1, Math.ceil((until - begun) / 1_000)));
      const { path, fieldSelector } = this.options;
      const query = { resourceVersion: version, allowWatchBookmarks: 'true', timeoutSeconds, ...(fieldSelector === undefined ? {} : { fieldSelector }) };
      version = await this.watch({ path, query, signal: over, onOpen: () => this.seen() }, version);
      if (Date.now() - begun < shortestWatchMs) await pause(shortestWatchMs, undefined, { signal: over }).catch(() => undefined);
    }
  }

  private async watch(watch: KubeWatch, from: string): Promise<string> {
    let version = from;
    try {
      for await (const { type, object } of this.options.api.watch<Arrived>(watch)) {
        version = object.metadata.resourceVersion;
        this.seen();
        if (type === 'BOOKMARK') continue;
        if (type === 'DELETED') this.objects.delete(object.metadata.name);
        else this.objects.set(object.metadata.name, this.options.keep(object));
        this.options.onChange();
      }
    } catch (error) {
      if (!watch.signal.aborted) throw error;
    }
    return version;
  }

  private seen(): void {
    this.seenAt = new Date();
    this.tell(undefined);
  }

  private tell(trouble: string | undefined): void {
    if (trouble === this.trouble) return;
    this.trouble = trouble;
    this.options.onTrouble(trouble);
  }

  /** A random part keeps a hundred processes from asking a server that comes back all at once. */
  private async rest(ms: number): Promise<void> {
    await pause(ms * (0.5 + Math.random()), undefined, { signal: AbortSignal.any([this.closing.signal, this.relist.signal]) }).catch(() => undefined);
  }
}

function sameVersion<Kept extends KubeObject>(known: Kept | undefined, item: KubeObject): Kept | undefined {
  return known?.metadata.uid === item.metadata.uid && known.metadata.resourceVersion === item.metadata.resourceVersion ? known : undefined;
}

/** What the watch should go on from is no longer known to the server. */
function isExpired(error: unknown): boolean {
  return error instanceof KubeApiError && error.status === 410;
}

function describe(error: unknown, path: string): string {
  if (!(error instanceof KubeApiError)) return String(error);
  if (error.status === 403) return `${error.message}; give this service's Role get, list and watch on what ${path} names`;
  if (error.status === 404) return `${path} is not served; apply k8s/crd/tenants.kds.io.yaml`;
  return `${path}: ${error.message}`;
}
