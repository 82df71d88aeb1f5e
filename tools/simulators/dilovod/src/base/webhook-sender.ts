import { type Switches } from '../switches.js';

/** Where change notices go, and for which types; all when none are named. */
export interface WebhookTarget {
  readonly url: string;
  readonly types?: readonly string[];
  /** How late `delayed` notices are. One second by default. */
  readonly delayMs?: number;
}

interface Change {
  readonly objectName: string;
  readonly id: string;
  readonly origin: 'api' | 'hand';
  readonly marked: boolean;
}

/** Calls the webhooks of a base. Nothing waits for them, and nobody learns whether they arrived. */
export class WebhookSender {
  private targets: readonly WebhookTarget[] = [];
  private readonly closing = new AbortController();

  setTargets(targets: readonly WebhookTarget[]): void {
    this.targets = targets;
  }

  objectChanged(change: Change, switches: Switches): void {
    if (switches.webhookDelivery === 'lost' || (change.origin === 'api' && switches.webhookEcho === 'off')) return;
    if (change.marked && switches.webhookOnDelMark === 'off') return;
    for (const target of this.targets) {
      if (target.types && !target.types.includes(change.objectName)) continue;
      const delayMs = switches.webhookDelivery === 'delayed' ? (target.delayMs ?? 1000) : 0;
      for (let copy = 0; copy < (switches.webhookDelivery === 'doubled' ? 2 : 1); copy += 1) this.send(target, change, delayMs);
    }
  }

  close(): void {
    this.closing.abort();
  }

  private send(target: WebhookTarget, { objectName, id }: Change, delayMs: number): void {
    const url = new URL(target.url);
    url.searchParams.set('packet', JSON.stringify({ action: 'objectChanged', params: { objectName, id } }));
    const timer = setTimeout(() => {
      if (!this.closing.signal.aborted) fetch(url, { signal: this.closing.signal }).then((answer) => answer.body?.cancel(), () => undefined);
    }, delayMs);
    timer.unref();
  }
}
