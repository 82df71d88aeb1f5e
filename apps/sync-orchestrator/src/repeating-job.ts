import { FailureStreak, type Logger } from '@kds/observability';

export interface RepeatingJobOptions {
  readonly name: string;
  /** At most so long between two looks. */
  readonly everyMs: number;
  /** Does what there is to do; true when there may be more at once. */
  readonly work: () => Promise<boolean>;
  readonly logger: Logger;
  readonly onTurn?: (seconds: number, failed: boolean) => void;
}

const longestPauseMs = 60_000;
/** After a failure nothing wakes the job before; doubled for each one in a row, up to the second number. */
const [firstCalmMs, longestCalmMs] = [500, 5_000] as const;

/**
 * Looks for work again and again: at once while there is more, when it is woken, and at least every `everyMs`. A look that failed is repeated after a pause
 * that doubles up to a minute, however often the job is woken.
 */
export class RepeatingJob {
  private stopped = false;
  private woken = false;
  private rouse: (() => void) | undefined;
  private running: Promise<void> | undefined;
  private readonly streak = new FailureStreak();

  constructor(private readonly options: RepeatingJobOptions) {}

  start(): void {
    this.running = this.run();
  }

  wake(): void {
    this.woken = true;
    this.rouse?.();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.rouse?.();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      this.woken = false;
      const more = await this.turn();
      if (this.streak.failures > 0) await this.restAfterFailure(this.streak.failures);
      else if (!more) await this.rest(this.options.everyMs, () => this.woken);
    }
  }

  private async turn(): Promise<boolean> {
    const { name, work, logger, onTurn } = this.options;
    const startedAt = performance.now();
    try {
      const more = await work();
      const failures = this.streak.ended();
      if (failures > 0) logger.info({ job: name, failures }, 'looks for work go through again');
      onTurn?.((performance.now() - startedAt) / 1000, false);
      return more;
    } catch (error) {
      const told = this.streak.failed(error);
      if (told !== undefined) logger.error({ job: name, ...told }, 'a look for work failed and will be repeated');
      onTurn?.((performance.now() - startedAt) / 1000, true);
      return false;
    }
  }

  private async restAfterFailure(failures: number): Promise<void> {
    const { everyMs } = this.options;
    const pauseMs = doubled(everyMs, failures, Math.max(everyMs, longestPauseMs));
    const calmMs = Math.min(pauseMs, doubled(firstCalmMs, failures, longestCalmMs));
    await this.rest(calmMs, () => false);
    await this.rest(pauseMs - calmMs, () => this.woken);
  }

  /** Until the time is over, the job is to stop, or `isOver` says so when it is woken. */
  private async rest(ms: number, isOver: () => boolean): Promise<void> {
    if (ms <= 0 || this.stopped || isOver()) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.rouse = () => {
        if (!this.stopped && !isOver()) return;
        clearTimeout(timer);
        resolve();
      };
    });
    this.rouse = undefined;
  }
}

function doubled(firstMs: number, failures: number, longestMs: number): number {
  return Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 20));
}
