import { Gauge, type Registry } from 'prom-client';

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A gauge that shows part of a reading. Seconds, counts, moments as seconds of the epoch. */
export interface ReadingGauge<Reading> {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  readonly samples: (reading: Reading) => readonly Sample[];
}

/**
 * Gauges that are read when Prometheus asks. What a reading does not name has no series, so that those of a tenant go with the tenant; without a
 * reading there are none at all, since an old number would look like a new one.
 */
export function registerReadingGauges<Reading>(registry: Registry, gauges: readonly ReadingGauge<Reading>[], read: () => Promise<Reading | undefined>): void {
  for (const { name, help, labels, samples } of gauges) {
    new Gauge({
      name,
      help,
      labelNames: [...labels],
      registers: [registry],
      async collect() {
        const reading = await read();
        this.reset();
        if (reading === undefined) return;
        for (const { labels: labelled, value } of samples(reading)) this.set({ ...labelled }, value);
      },
    });
  }
}
