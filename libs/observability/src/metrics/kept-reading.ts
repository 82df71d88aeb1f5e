export interface KeptReadingOptions<Reading> {
  readonly load: () => Promise<Reading>;
  /** A reading serves for so long. */
  readonly keepMs: number;
  /** Who asks is not kept waiting longer; the loading goes on. */
  readonly patienceMs: number;
  readonly onFailure: (error: unknown) => void;
}

/** Reads something at most every `keepMs`, however often and by however many it is asked for. Undefined when it could not be read, or not in time. */
export function keptReading<Reading>({ load, keepMs, patienceMs, onFailure }: KeptReadingOptions<Reading>): () => Promise<Reading | undefined> {
  let kept: { readonly reading: Reading | undefined; readonly at: number } | undefined;
  let loading: Promise<Reading | undefined> | undefined;

  const start = async () => {
    const reading = await load().catch((error: unknown) => void onFailure(error));
    kept = { reading, at: performance.now() };
    loading = undefined;
    return reading;
  };

  return async () => {
    if (kept !== undefined && performance.now() - kept.at < keepMs) return kept.reading;
    loading ??= start();
    return withinPatience(loading, patienceMs);
  };
}

async function withinPatience<Reading>(loading: Promise<Reading | undefined>, patienceMs: number): Promise<Reading | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patienceMs);
  });
  try {
    return await Promise.race([loading, over]);
  } finally {
    clearTimeout(timer);
  }
}
