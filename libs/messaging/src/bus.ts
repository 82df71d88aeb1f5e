import { AckPolicy, DeliverPolicy, DiscardPolicy, jetstream, jetstreamManager, type JetStreamClient, type JetStreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import { connect, errors, headers, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';
import { cleanTexts } from '@kds/kernel';
import { activeTraceparent } from '@kds/observability';
import { type ConsumerDeclaration, deadSubject, type MessagePart, type StreamDeclaration, streams } from '@kds/contracts';

const compress = promisify(gzip);
const nanosPerMs = 1_000_000;
/** NATS takes a megabyte by default; what is larger travels compressed, in parts of this many bytes (a third more as base64). */
const partBytes = 512 * 1024;
const dedupeWindowMs = 120_000;
/**
 * A server clears a deleted stream away behind the scenes, and was seen to take the files of one created under the same name in the next few milliseconds with it:
 * that one stored messages and delivered none.
 */
const restMs = 1_000;

/** How far a consumer is behind. */
export interface ConsumerState {
  readonly consumer: string;
  /** Not yet given to any instance. */
  readonly pending: number;
  /** Given to one, not settled. */
  readonly unsettled: number;
}

/** Something that was said to the bus without its word that it keeps it. */
export class NotStoredError extends Error {
  constructor(subject: string, cause: unknown) {
    super(`the bus did not confirm a message on ${subject}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'NotStoredError';
  }
}

/**
 * A connection to NATS with JetStream. Streams are declared in `@kds/contracts`, created when they are missing, and created again when the bus has
 * lost them: the bus may forget everything at any time, and whoever uses it goes on.
 */
export class Bus {
  private readonly declared = new Set<string>();

  private constructor(
    readonly connection: NatsConnection,
    private readonly client: JetStreamClient,
    private readonly manager: JetStreamManager,
  ) {}

  /** Connects and declares the streams. Rejects when the server cannot be reached within `timeoutMs`. */
  static async connect({ url, name, timeoutMs = 20_000 }: { readonly url: string; readonly name: string; readonly timeoutMs?: number }): Promise<Bus> {
    const connection = await connect({ servers: url, name, timeout: timeoutMs, maxReconnectAttempts: -1, reconnectTimeWait: 250, waitOnFirstConnect: true, pingInterval: 5_000 });
    const bus = new Bus(connection, jetstream(connection, { timeout: 5_000 }), await jetstreamManager(connection, { timeout: 5_000, checkAPI: false }));
    await bus.declareStreams();
    return bus;
  }

  async declareStreams(): Promise<void> {
    for (const stream of Object.values(streams)) await this.declareStream(stream);
  }

  private async declareStream({ name, subjects, retention, maxAgeMs }: StreamDeclaration): Promise<void> {
    const wanted = {
      name,
      subjects: [...subjects],
      retention: retention === 'workqueue' ? RetentionPolicy.Workqueue : RetentionPolicy.Limits,
      storage: StorageType.File,
      discard: DiscardPolicy.Old,
      max_age: maxAgeMs * nanosPerMs,
      duplicate_window: dedupeWindowMs * nanosPerMs,
    };
    if (!(await this.exists(name))) {
      if (this.declared.has(name)) await pause(restMs);
      if (!(await this.exists(name))) await this.manager.streams.add(wanted);
    }
    this.declared.add(name);
  }

  private exists(name: string): Promise<boolean> {
    return this.manager.streams.info(name).then(
      () => true,
      () => false,
    );
  }

  async declareConsumer({ durable, stream, subject, ackWaitMs, maxDeliver }: ConsumerDeclaration): Promise<void> {
    const existing = await this.manager.consumers.info(stream, durable).catch(() => undefined);
    if (existing?.config.filter_subject === subject) return;
    await this.manager.consumers.add(stream, {
      durable_name: durable,
      filter_subject: subject,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      ack_wait: ackWaitMs * nanosPerMs,
      max_deliver: maxDeliver,
      max_ack_pending: 5_000,
    });
  }

  /** Gives up a stream with everything in it; whoever uses it declares it anew. */
  async deleteStream(name: string): Promise<void> {
    await this.manager.streams.delete(name);
  }

  /** A handle to pull from; declares streams and consumer first, whatever the bus has lost. */
  async consumer(declaration: ConsumerDeclaration) {
    await this.declareStreams();
    await this.declareConsumer(declaration);
    return this.client.consumers.get(declaration.stream, declaration.durable);
  }

  /**
   * Publishes an object and returns once the bus has stored it, in parts where it is large. `id` makes a repeat within two minutes harmless.
   * Rejects with `NotStoredError`.
   */
  async publish(subject: string, message: object, id?: string): Promise<void> {
    const bytes = Buffer.from(JSON.stringify(message));
    if (bytes.length <= partBytes) return this.store(subject, bytes, id);
    const packed = await compress(bytes, { level: 1 });
    const parts = Math.ceil(packed.length / partBytes);
    const whole = id ?? crypto.randomUUID();
    for (let part = 1; part <= parts; part += 1) {
      const text = packed.subarray((part - 1) * partBytes, part * partBytes).toString('base64');
      const piece: MessagePart = { whole, part, parts, text };
      await this.store(subject, Buffer.from(JSON.stringify(piece)), `${whole}.${part}`);
    }
  }

  private async store(subject: string, bytes: Buffer, id?: string): Promise<void> {
    const options = { ...(id === undefined ? {} : { msgID: id }), ...traceHeaders() };
    try {
      await this.client.publish(subject, bytes, options);
    } catch {
      // The stream may be gone: declare it again and say it once more. A repeat of something stored is dropped by its id.
      try {
        await this.declareStreams();
        await this.client.publish(subject, bytes, options);
      } catch (cause) {
        throw new NotStoredError(subject, cause);
      }
    }
  }

  /** When the younger of the streams of commands and events was created: whatever was said before is lost. `undefined` when the bus does not say. */
  async forgotEverythingBefore(): Promise<Date | undefined> {
    try {
      const infos = await Promise.all([streams.commands, streams.events].map(({ name }) => this.manager.streams.info(name)));
      return new Date(Math.max(...infos.map(({ created }) => Date.parse(created))));
    } catch {
      return undefined;
    }
  }

  /** Answers questions on a subject of plain NATS for as long as the connection lives. A question that `answer` cannot take gets no answer. */
  answer(subject: string, answer: (question: unknown) => object | undefined): void {
    this.connection.subscribe(subject, {
      callback: (error, message) => {
        if (error) return;
        const said = answer(parseJson(message));
        if (said !== undefined) message.respond(JSON.stringify(said));
      },
    });
  }

  /** Asks everybody who answers on a subject, and returns what was said within `waitMs`: nothing where nobody listens. Rejects when the connection is closed. */
  async askAll(subject: string, question: object, waitMs: number): Promise<readonly unknown[]> {
    const answers: unknown[] = [];
    try {
      for await (const message of await this.connection.requestMany(subject, JSON.stringify(question), { strategy: 'timer', maxWait: waitMs })) answers.push(parseJson(message));
    } catch (error) {
      if (!(error instanceof errors.NoRespondersError)) throw error;
    }
    return answers;
  }

  /** The consumers of commands and events. Rejects when JetStream does not answer, or has lost a stream. */
  async consumerStates(): Promise<readonly ConsumerState[]> {
    const states: ConsumerState[] = [];
    for (const { name } of [streams.commands, streams.events]) {
      for await (const { name: consumer, num_pending: pending, num_ack_pending: unsettled } of this.manager.consumers.list(name)) states.push({ consumer, pending, unsettled });
    }
    return states;
  }

  /** Dead letters that lie in the bus, by the consumer that gave them up. */
  async deadLetters(): Promise<Readonly<Record<string, number>>> {
    const { state } = await this.manager.streams.info(streams.dead.name, { subjects_filter: streams.dead.subjects[0] });
    return Object.fromEntries(Object.entries(state.subjects ?? {}).map(([subject, count]) => [subject.slice(deadSubject('').length), count]));
  }

  /** True while the connection is up and JetStream answers. */
  async healthy(): Promise<boolean> {
    if (this.connection.isClosed()) return false;
    return this.manager.getAccountInfo().then(
      () => true,
      () => false,
    );
  }

  async close(): Promise<void> {
    await this.connection.drain().catch(() => this.connection.close());
  }
}

function parseJson(message: Msg): unknown {
  try {
    return message.json();
  } catch {
    return undefined;
  }
}

/** The trace that a message belongs to, as W3C has it, in the message's headers. */
function traceHeaders(): { readonly headers?: MsgHdrs } {
  const traceparent = activeTraceparent();
  if (traceparent === null) return {};
  const carried = headers();
  carried.set('traceparent', traceparent);
  return { headers: carried };
}

/** Nothing that a gateway accepts of an API comes near this. */
const largestMessageBytes = 256 * 1024 * 1024;

/** Puts the parts of a message together again, in any order. Throws when they are not the whole. */
export function joinParts(parts: readonly MessagePart[]): unknown {
  const sorted = [...parts].sort((a, b) => a.part - b.part);
  const expected = sorted[0]?.parts ?? 0;
  if (sorted.length !== expected || sorted.some((part, index) => part.part !== index + 1)) throw new Error(`parts missing of message ${sorted[0]?.whole ?? '?'}`);
  const packed = Buffer.concat(sorted.map((part) => Buffer.from(part.text, 'base64')));
  return cleanTexts(JSON.parse(gunzipSync(packed, { maxOutputLength: largestMessageBytes }).toString('utf8')) as unknown);
}
