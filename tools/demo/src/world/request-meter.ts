import type { YogaShop } from './shop.js';

/** Requests that an API received: in the last minute, and in all. */
export interface RequestCount {
  readonly lastMinute: number;
  readonly total: number;
}

/** Counts, from the simulators' own logs, what the services ask of both APIs. */
export class RequestMeter {
  private readonly keycrm = new LogMeter();
  private readonly dilovod = new LogMeter();

  constructor(private readonly shop: YogaShop) {}

  read(): { readonly keycrm: RequestCount; readonly dilovod: RequestCount } {
    const { keycrm, dilovod } = this.shop.worlds;
    const now = Date.now();
    return { keycrm: this.keycrm.read((since) => keycrm.requests({ since }), now), dilovod: this.dilovod.read((since) => dilovod.requests({ since }), now) };
  }
}

interface Entry {
  readonly seq: number;
  readonly at: string;
}

class LogMeter {
  private last = 0;
  private recent: readonly number[] = [];

  read(requests: (since: number) => readonly Entry[], now: number): RequestCount {
    const fresh = requests(this.last);
    this.last = fresh.at(-1)?.seq ?? this.last;
    this.recent = [...this.recent, ...fresh.map(({ at }) => Date.parse(at))].filter((at) => at > now - 60_000);
    return { lastMinute: this.recent.length, total: this.last };
  }
}
