import { AckPolicy, type ConsumerConfig, DeliverPolicy, DiscardPolicy, JetStreamApiError, type JetStreamManager, RetentionPolicy, StorageType, type StreamConfig } from '@nats-io/jetstream';
import { type ConsumerDeclaration, type StreamDeclaration, streams } from '@kds/contracts';

const nanosPerMs = 1_000_000;
const dedupeWindowMs = 120_000;

/** Of an answer that says nothing about what was asked. */
const unavailable = 503;

/** What a declaration says of a stream; everything else (replicas, placement) is the operator's. */
export type StreamWanted = Pick<StreamConfig, 'name' | 'subjects' | 'retention' | 'storage' | 'discard' | 'max_age' | 'duplicate_window'>;
export type ConsumerWanted = Pick<ConsumerConfig, 'durable_name' | 'filter_subject' | 'ack_policy' | 'deliver_policy' | 'ack_wait' | 'max_deliver' | 'max_ack_pending'>;

/** Tells what was changed on the bus: `stream KDS_EVENTS: max_age 1 → 2`. */
export type TopologyListener = (change: string) => void;

/**
 * Something on the bus is another than declared, and NATS does not change it in place. It is not deleted and made anew from here, although the ledger would
 * refill it: in a rolling update the old and the new instances would take it away from each other. The message says what to do.
 */
export class TopologyError extends Error {
  override readonly name = 'TopologyError';
}

export function toStreamConfig({ name, subjects, retention, maxAgeMs }: StreamDeclaration): StreamWanted {
  return {
    name,
    subjects: [...subjects],
    retention: retention === 'workqueue' ? RetentionPolicy.Workqueue : RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.Old,
    max_age: maxAgeMs * nanosPerMs,
    duplicate_window: dedupeWindowMs * nanosPerMs,
  };
}

export function toConsumerConfig({ durable, subject, ackWaitMs, maxDeliver }: ConsumerDeclaration): ConsumerWanted {
  return {
    durable_name: durable,
    filter_subject: subject,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: ackWaitMs * nanosPerMs,
    max_deliver: maxDeliver,
    max_ack_pending: 5_000,
  };
}

/** Brings a stream that exists to what is declared. Throws a `TopologyError` for what NATS does not change. */
export async function updateStream(manager: JetStreamManager, wanted: StreamWanted, onChanged: TopologyListener): Promise<void> {
  const { config } = await manager.streams.info(wanted.name);
  const differences = differencesBetween(config, wanted);
  if (differences === '') return;
  const lost = wanted.name === streams.dead.name ? 'Its dead letters go with it: look through `kds dead list` before' : 'Nothing is lost with it, since the ledger says everything again';
  const way = `stop every service, delete the stream (\`nats stream rm ${wanted.name}\`) and start them again. ${lost}`;
  await changed(() => manager.streams.update(wanted.name, wanted), { what: `stream ${wanted.name}`, differences, way });
  onChanged(`stream ${wanted.name}: ${differences}`);
}

/** Brings a consumer that exists to what is declared. Throws a `TopologyError` for what NATS does not change. */
export async function updateConsumer(manager: JetStreamManager, { stream, config, wanted }: ConsumerFound, onChanged: TopologyListener): Promise<void> {
  const differences = differencesBetween(config, wanted);
  if (differences === '') return;
  const what = `consumer ${wanted.durable_name} of ${stream}`;
  const way = `stop the services that take its messages, delete it (\`nats consumer rm ${stream} ${wanted.durable_name}\`) and start them again. What is in hand is delivered once more`;
  await changed(() => manager.consumers.update(stream, wanted.durable_name ?? '', wanted), { what, differences, way });
  onChanged(`${what}: ${differences}`);
}

export interface ConsumerFound {
  readonly stream: string;
  /** As the bus has it. */
  readonly config: Readonly<Record<string, unknown>> | ConsumerConfig;
  readonly wanted: ConsumerWanted;
}

interface Change {
  readonly what: string;
  readonly differences: string;
  readonly way: string;
}

async function changed(update: () => Promise<unknown>, { what, differences, way }: Change): Promise<void> {
  try {
    await update();
  } catch (error) {
    if (!(error instanceof JetStreamApiError) || error.status === unavailable) throw error;
    throw new TopologyError(`${what} is another than declared (${differences}), and NATS does not change that: ${error.message}. To have it as declared, ${way}.`, { cause: error });
  }
}

/** The declared members that are otherwise, in words; empty when none is. */
function differencesBetween(has: object, wanted: object): string {
  const config = has as Readonly<Record<string, unknown>>;
  return Object.entries(wanted)
    .filter(([name, value]) => JSON.stringify(config[name]) !== JSON.stringify(value))
    .map(([name, value]) => `${name} ${JSON.stringify(config[name])} → ${JSON.stringify(value)}`)
    .join(', ');
}
