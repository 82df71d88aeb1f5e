import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '@kds/simulator-kit';
import type { Switches } from '../switches.js';

export interface StockSubscription {
  readonly url: string;
  /** Whose sum is sent; all warehouses when absent or empty. */
  readonly warehouses?: readonly number[];
}

/** One attempt to deliver one event; `status` is what the receiver answered, 0 when it was not reached or the event was lost on purpose. */
export interface Delivery {
  readonly at: string;
  readonly url: string;
  readonly body: unknown;
  readonly attempt: number;
  readonly status: number;
  readonly lost: boolean;
}

interface WebhookDeps {
  readonly seed: number;
  readonly switches: () => Switches;
  readonly delayMs: () => number;
}

/** Sends unsigned POSTs to whoever subscribed, as badly as the account's switches ask for. */
export class Webhooks {
  orderUrls: readonly string[] = [];
  stockSubscriptions: readonly StockSubscription[] = [];
  readonly deliveries: Delivery[] = [];
  private readonly random: () => number;
  private readonly underWay = new Set<Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(private readonly deps: WebhookDeps) {
    this.random = seededRandom(deps.seed);
  }

  send(url: string, body: unknown): void {
    const copies = this.deps.switches().webhookCopies === 'duplicate' ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const delivery = this.deliver(url, body).finally(() => this.underWay.delete(delivery));
      this.underWay.add(delivery);
    }
  }

  /** Resolves when no delivery is under way any more. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  stop(): void {
    this.stopping.abort();
  }

  private async deliver(url: string, body: unknown): Promise<void> {
    const { webhookLoss, webhookRetry } = this.deps.switches();
    if (webhookLoss === 'all' || (webhookLoss === 'half' && this.random() < 0.5)) {
      this.deliveries.push({ at: new Date().toISOString(), url, body, attempt: 1, status: 0, lost: true });
      return;
    }
    if (!(await this.waited(this.firstWaitMs()))) return;
    const status = await this.post(url, body, 1);
    const accepted = status >= 200 && status < 300;
    if (!accepted && webhookRetry === 'once' && (await this.waited(this.deps.delayMs()))) await this.post(url, body, 2);
  }

  private firstWaitMs(): number {
    const { webhookDelay, webhookOrder } = this.deps.switches();
    const fixed = webhookDelay === 'delayed' ? this.deps.delayMs() : 0;
    return webhookOrder === 'shuffled' ? fixed + this.random() * this.deps.delayMs() : fixed;
  }

  /** Waits; false when the account stopped meanwhile. */
  private async waited(ms: number): Promise<boolean> {
    if (ms > 0) await sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    return !this.stopping.signal.aborted;
  }

  private async post(url: string, body: unknown, attempt: number): Promise<number> {
    const status = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.any([this.stopping.signal, AbortSignal.timeout(10_000)]),
    }).then(
      async (response) => {
        await response.body?.cancel();
        return response.status;
      },
      () => 0,
    );
    this.deliveries.push({ at: new Date().toISOString(), url, body, attempt, status, lost: false });
    return status;
  }
}
