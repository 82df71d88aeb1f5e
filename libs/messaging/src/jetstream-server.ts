import type { Consumer, JsMsg } from '@nats-io/jetstream';
import { BaseRpcContext, type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { type ConsumerDeclaration, deadSubject } from '@kds/contracts';
import { cleanTexts } from '@kds/kernel';
import { FailureStreak, inSpan, plainError } from '@kds/observability';
import { isObservable, lastValueFrom } from 'rxjs';
import type { Bus } from './bus.js';
import { Slots } from './slots.js';
import { StallWatch } from './stall-watch.js';

/** What a handler may want to know about its message beside the body. */
export class JetStreamContext extends BaseRpcContext<[JsMsg, number]> {
  /** True when another instance had the message before and did not settle it. */
  get redelivered(): boolean {
    return this.getArgs()[0].info.deliveryCount > 1;
  }

  /** Milliseconds since this instance got the message. */
  get heldForMs(): number {
    return Date.now() - this.getArgs()[1];
  }

  get subject(): string {
    return this.getArgs()[0].subject;
  }
}

/** A message that no repeat will make any better; it goes to the dead letters at once. */
export class UnusableMessageError extends Error {
  override readonly name = 'UnusableMessageError';
}

export interface JetStreamServerOptions {
  readonly bus: Bus;
  /** By the pattern of the handler (`@EventPattern('outcome')`) that takes its messages. */
  readonly consumers: Readonly<Record<string, ConsumerDeclaration>>;
  /** Messages of one consumer that this instance works on at once. */
  readonly concurrency: number;
  /** Hears how each message ended here. */
  readonly onSettled?: (consumer: string, settled: { readonly result: 'done' | 'retried' | 'dead'; readonly redelivered: boolean }) => void;
}

interface Delivery {
  readonly declaration: ConsumerDeclaration;
  readonly handler: MessageHandler;
  /** Milliseconds of the epoch. */
  readonly receivedAt: number;
}

const stallLookMs = 3_000;

/** Between two pulls of which the first failed; doubled for each failure in a row. */
const [firstRestMs, longestRestMs] = [250, 5_000] as const;

const retryDelaysMs = [250, 1_000, 3_000, 10_000, 30_000];

/**
 * Nest's microservice transport over JetStream pull consumers. A handler that returns settles its message; one that throws gets it again later, and
 * after the last delivery, or with `UnusableMessageError`, the message moves to the dead letters with the reason.
 */
export class JetStreamServer extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  private closing = false;
  private readonly loops: Promise<void>[] = [];
  private readonly stops = new Set<() => void>();
  private readonly underWay = new Set<Promise<void>>();

  constructor(private readonly options: JetStreamServerOptions) {
    super();
  }

  listen(callback: (error?: unknown) => void): void {
    for (const [pattern, declaration] of Object.entries(this.options.consumers)) {
      const handler = this.getHandlerByPattern(pattern);
      if (handler === null) return callback(new Error(`no handler for the pattern ${pattern}`));
      this.loops.push(this.pull(declaration, handler));
    }
    callback();
  }

  /** Takes no more messages, and returns when those in hand are settled. */
  async close(): Promise<void> {
    this.closing = true;
    for (const stop of this.stops) stop();
    await Promise.all(this.loops);
    await Promise.all(this.underWay);
  }

  on(): void {
    throw new Error('this transport has no events of its own; watch the connection of the bus');
  }

  unwrap<T>(): T {
    return this.options.bus as T;
  }

  /** Pulls until closed. Whatever ends a pull (a lost connection, a deleted stream), the next turn declares what is missing and goes on. */
  private async pull(declaration: ConsumerDeclaration, handler: MessageHandler): Promise<void> {
    const slots = new Slots(this.options.concurrency);
    const streak = new FailureStreak();
    while (!this.closing) {
      try {
        const consumer = await this.options.bus.consumer(declaration);
        const messages = await consumer.consume({ max_messages: Math.min(this.options.concurrency, 32), expires: 5_000, idle_heartbeat: 1_000, abort_on_missing_resource: true });
        const stop = () => messages.stop();
        this.stops.add(stop);
        if (this.closing) stop();
        const watch = this.watch(consumer, declaration);
        streak.ended();
        try {
          for await (const message of messages) {
            const receivedAt = Date.now();
            await slots.take();
            this.track(this.settle(message, { declaration, handler, receivedAt }).finally(() => slots.give()));
          }
        } finally {
          clearInterval(watch);
          this.stops.delete(stop);
        }
      } catch (error) {
        if (this.closing) return;
        const told = streak.failed(error);
        if (told !== undefined) this.logger.warn(`consumer ${declaration.durable} starts again: ${told.err.message}${told.failures > 1 ? ` (${told.failures} times in a row)` : ''}`);
        await this.rest(Math.min(longestRestMs, firstRestMs * 2 ** Math.min(streak.failures - 1, 10)));
      }
    }
  }

  /** Closing ends it. */
  private async rest(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const over = () => {
        clearTimeout(timer);
        this.stops.delete(over);
        resolve();
      };
      const timer = setTimeout(over, ms);
      this.stops.add(over);
    });
  }

  /**
   * Gives up the stream of a consumer that has stopped, as if the bus had lost it: that ends the pull, and the next one declares both. Nothing that is in hand
   * comes twice, since its message is gone, too.
   */
  private watch(consumer: Consumer, declaration: ConsumerDeclaration): NodeJS.Timeout {
    const stall = new StallWatch();
    const look = async () => {
      if (!stall.look(await consumer.info())) return;
      this.logger.warn(`consumer ${declaration.durable} delivers nothing although messages wait: its stream is declared anew`);
      await this.options.bus.deleteStream(declaration.stream);
    };
    // A bus that does not answer ends the pull by itself.
    return setInterval(() => void look().catch((error: unknown) => this.logger.debug?.(`consumer ${declaration.durable} cannot be looked at: ${plainError(error).message}`)), stallLookMs);
  }

  private track(work: Promise<void>): void {
    const ended = work
      .catch((error: unknown) => this.logger.error(`a message could not be settled: ${plainError(error).message}`))
      .finally(() => this.underWay.delete(ended));
    this.underWay.add(ended);
  }

  private async settle(message: JsMsg, { declaration, handler, receivedAt }: Delivery): Promise<void> {
    this.say(message, 'working');
    const alive = setInterval(() => this.say(message, 'working'), declaration.ackWaitMs / 3);
    try {
      const span = { kind: 'consumer', parent: message.headers?.get('traceparent') } as const;
      await inSpan(`take ${declaration.durable}`, span, async () => {
        const answer = await handler(parse(message), new JetStreamContext([message, receivedAt]));
        if (isObservable(answer)) await lastValueFrom(answer, { defaultValue: undefined });
      });
    } catch (error) {
      return this.told(message, declaration, await this.settleFailed(message, declaration, error));
    } finally {
      clearInterval(alive);
    }
    this.told(message, declaration, this.say(message, 'ack') ? 'done' : 'retried');
  }

  /** Tells the bus of a message. False when there is no connection to say it on: the bus then gives the message to somebody again, when its time is over. */
  private say(message: JsMsg, word: 'ack' | 'working' | 'nak' | 'term', delayMs?: number): boolean {
    try {
      if (word === 'nak') message.nak(delayMs);
      else message[word]();
      return true;
    } catch (error) {
      this.logger.debug?.(`${message.subject}: the bus was not told ${word}: ${plainError(error).message}`);
      return false;
    }
  }

  private async settleFailed(message: JsMsg, declaration: ConsumerDeclaration, error: unknown): Promise<'retried' | 'dead'> {
    const reason = plainError(error).message;
    const tries = message.info.deliveryCount;
    if (!(error instanceof UnusableMessageError) && tries < declaration.maxDeliver) {
      this.logger.warn(`${message.subject}: try ${tries} failed: ${reason}`);
      this.say(message, 'nak', retryDelaysMs[Math.min(tries, retryDelaysMs.length) - 1] ?? 1_000);
      return 'retried';
    }
    this.logger.error(`${message.subject}: given up after ${tries} tries: ${reason}`);
    try {
      await this.options.bus.publish(deadSubject(declaration.durable), { subject: message.subject, reason, tries, at: new Date().toISOString(), body: message.string() });
    } catch {
      this.say(message, 'nak', 10_000);
      return 'retried';
    }
    this.say(message, 'term');
    return 'dead';
  }

  private told(message: JsMsg, { durable }: ConsumerDeclaration, result: 'done' | 'retried' | 'dead'): void {
    this.options.onSettled?.(durable, { result, redelivered: message.info.deliveryCount > 1 });
  }
}

function parse(message: JsMsg): unknown {
  try {
    return cleanTexts(message.json<unknown>());
  } catch {
    throw new UnusableMessageError('the body is not JSON');
  }
}
