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

const retryAfterMs = 200;

interface Notice {
  readonly url: URL;
  readonly afterMs: number;
  readonly attempts: number;
}

/** Calls the webhooks of a base. Nothing waits for them, and nobody learns whether they arrived. */
export class WebhookSender {
  private targets: readonly WebhookTarget[] = [];
  private readonly closing = new AbortController();
  private sent = 0;

  setTargets(targets: readonly WebhookTarget[]): void {
    this.targets = targets;
  }

  addTargets(targets: readonly WebhookTarget[]): void {
    this.targets = [...this.targets, ...targets];
  }

  objectChanged(change: Change, switches: Switches): void {
    if (switches.webhookDelivery === 'lost' || (change.origin === 'api' && switches.webhookEcho === 'off')) return;
    if (change.marked && switches.webhookOnDelMark === 'off') return;
    for (const target of this.targets) {
      if (target.types && !target.types.includes(change.objectName)) continue;
      const notice = { url: urlOf(target, change), afterMs: this.delayOf(target, switches), attempts: switches.webhookRetries === 'yes' ? 4 : 1 };
      for (let copy = 0; copy < (switches.webhookDelivery === 'doubled' ? 2 : 1); copy += 1) this.send(notice);
    }
  }

  close(): void {
    this.closing.abort();
  }

  private delayOf({ delayMs = 1000 }: WebhookTarget, { webhookDelivery }: Switches): number {
    this.sent += 1;
    return webhookDelivery === 'delayed' || (webhookDelivery === 'reordered' && this.sent % 2 === 1) ? delayMs : 0;
  }

  private send(notice: Notice): void {
    const timer = setTimeout(() => void this.deliver(notice), notice.afterMs);
    timer.unref();
  }

  private async deliver({ url, attempts }: Notice): Promise<void> {
    if (this.closing.signal.aborted) return;
    const answer = await fetch(url, { signal: this.closing.signal }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok !== true && attempts > 1) this.send({ url, afterMs: retryAfterMs, attempts: attempts - 1 });
  }
}

function urlOf({ url }: WebhookTarget, { objectName, id }: Change): URL {
  const withPacket = new URL(url);
  withPacket.searchParams.set('packet', JSON.stringify({ action: 'objectChanged', params: { objectName, id } }));
  return withPacket;
}
