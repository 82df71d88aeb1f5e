import type { Logger } from '@kds/observability';

export interface RepeatingJobOptions {
  readonly name: string;
  /** At most so long between two looks. */
  readonly everyMs: number;
  /** Does what there is to do; true when there may be more at once. */
  readonly work: () => Promise<boolean>;
  readonly logger: Logger;
  readonly onTurn?: (seconds: number, failed: boolean) => void;
}

/** Looks for work again and again: at once while there is more, when it is woken, and at least every `everyMs`. A failed look is logged and repeated. */
export class RepeatingJob {
  private stopped = false;
  private woken = false;
  private rouse: (() => void) | undefined;
  private running: Promise<void> | undefined;

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
      if (!more && !this.woken && !this.stopped) await this.rest();
    }
  }

  private async turn(): Promise<boolean> {
    const { name, work, logger, onTurn } = this.options;
    const startedAt = performance.now();
    try {
      const more = await work();
      onTurn?.((performance.now() - startedAt) / 1000, false);
      return more;
    } catch (error) {
      logger.error({ err: error, job: name }, 'a look for work failed and will be repeated');
      onTurn?.((performance.now() - startedAt) / 1000, true);
      return false;
    }
  }

  private async rest(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.options.everyMs);
      this.rouse = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.rouse = undefined;
  }
}
