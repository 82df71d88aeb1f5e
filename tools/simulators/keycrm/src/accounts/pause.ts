/** Holds requests back until it ends. */
export class Pause {
  private gate: Promise<void> | undefined;
  private open: () => void = () => undefined;
  private timer: NodeJS.Timeout | undefined;
  private waiting = 0;

  /** How many requests it holds back now. */
  get heldBack(): number {
    return this.waiting;
  }

  /** Starts (or prolongs) the pause; without `ms` it lasts until `end`. */
  begin(ms?: number): void {
    this.gate ??= new Promise((resolve) => {
      this.open = resolve;
    });
    clearTimeout(this.timer);
    if (ms !== undefined) this.timer = setTimeout(() => this.end(), ms);
  }

  end(): void {
    clearTimeout(this.timer);
    this.gate = undefined;
    this.open();
  }

  async over(): Promise<void> {
    this.waiting += 1;
    while (this.gate) await this.gate;
    this.waiting -= 1;
  }
}
