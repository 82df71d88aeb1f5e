import { jetstream, JetStreamApiCodes, JetStreamApiError, jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import { connect, errors, headers, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';
import { cleanTexts } from '@kds/kernel';
import { activeTraceparent } from '@kds/observability';
import { type ConsumerDeclaration, deadSubject, type MessagePart, type StreamDeclaration, streams } from '@kds/contracts';
import { toConsumerConfig, toStreamConfig, type TopologyListener, updateConsumer, updateStream } from './declare-topology.js';

const compress = promisify(gzip);
/** NATS takes a megabyte by default; what is larger travels compressed, in parts of this many bytes (a third more as base64). */
const partBytes = 512 * 1024;
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

export interface BusOptions {
  readonly url: string;
  /** What the server calls the connection. */
  readonly name: string;
  readonly timeoutMs?: number;
  /** Hears what was brought to what is declared. */
  readonly onChanged?: TopologyListener;
}

/**
 * A connection to NATS with JetStream. Streams are declared in `@kds/contracts`, created when they are missing, created again when the bus has lost them
 * (it may forget everything at any time, and whoever uses it goes on), and changed when they are declared otherwise than they were.
 */
export class Bus {
  private readonly declared = new Set<string>();

  private constructor(
    readonly connection: NatsConnection,
    private readonly client: JetStreamClient,
    private readonly manager: JetStreamManager,
    private readonly onChanged: TopologyListener,
  ) {}

  /** Connects and declares the streams. Rejects when the server cannot be reached within `timeoutMs`, and with `TopologyError`. */
  static async connect({ url, name, timeoutMs = 20_000, onChanged = () => undefined }: BusOptions): Promise<Bus> {
    const connection = await connect({ servers: url, name, timeout: timeoutMs, maxReconnectAttempts: -1, reconnectTimeWait: 250, waitOnFirstConnect: true, pingInterval: 5_000 });
    const bus = new Bus(connection, jetstream(connection, { timeout: 5_000 }), await jetstreamManager(connection, { timeout: 5_000, checkAPI: false }), onChanged);
    await bus.declareStreams().catch(async (error: unknown) => {
      await connection.close();
      throw error;
    });
    return bus;
  }

  async declareStreams(): Promise<void> {
    for (const stream of Object.values(streams)) await this.declareStream(stream);
  }

  private async declareStream(declaration: StreamDeclaration): Promise<void> {
    const wanted = toStreamConfig(declaration);
    const { name } = wanted;
    if (!(await this.exists(name))) {
      if (this.declared.has(name)) await pause(restMs);
      if (!(await this.exists(name))) await this.manager.streams.add(wanted);
    }
    // Once, as it starts: else instances of two versions would change it to and fro as long as both run.
    if (!this.declared.has(name)) await updateStream(this.manager, wanted, this.onChanged);
    this.declared.add(name);
  }

  private exists(name: string): Promise<boolean> {
    return this.manager.streams.info(name).then(
      () => true,
      () => false,
    );
  }

  /** Rejects with `TopologyError` when it is there and cannot be brought to what is declared. */
  async declareConsumer(declaration: ConsumerDeclaration): Promise<void> {
    const { durable, stream } = declaration;
    const wanted = toConsumerConfig(declaration);
    const existing = await this.manager.consumers.info(stream, durable).catch(missing);
    if (existing === undefined) await this.manager.consumers.add(stream, wanted);
    else if (!this.declared.has(`${stream} ${durable}`)) await updateConsumer(this.manager, { stream, config: existing.config, wanted }, this.onChanged);
    this.declared.add(`${stream} ${durable}`);
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

/** For a consumer that may not be there; whatever else is wrong is not taken for that. */
function missing(error: unknown): undefined {
  if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.ConsumerNotFound) return undefined;
  throw error;
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
