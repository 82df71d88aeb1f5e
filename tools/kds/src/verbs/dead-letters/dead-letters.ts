import type { JetStreamManager } from '@nats-io/jetstream';
import { type MessagePart, streams } from '@kds/contracts';
import { RefusedError } from '@kds/sync-orchestrator';
import type { BusAccess } from '../../connect/bus.js';

/** A message that nobody could use, as the consumer that gave it up wrote it down. */
export interface DeadLetter {
  /** Of its (first) message in the stream. */
  readonly id: number;
  /** Where the message came from, and goes again. */
  readonly subject: string;
  readonly reason: string;
  readonly tries: number;
  readonly at: Date;
  readonly tenant: string | null;
  readonly body: string;
  /** Every message of the stream that it takes up. */
  readonly sequences: readonly number[];
}

interface StoredDeath {
  readonly subject: string;
  readonly reason: string;
  readonly tries: number;
  readonly at: string;
  readonly body: string;
}

interface Stored {
  readonly sequence: number;
  readonly content: StoredDeath | MessagePart;
}

const stream = streams.dead.name;

/** The newest letters first, at most `limit`. A letter whose parts are not all there any more is left out. */
export async function listDeadLetters({ manager }: Pick<BusAccess, 'manager'>, limit = Infinity): Promise<readonly DeadLetter[]> {
  const range = await rangeOf(manager);
  const byWhole = new Map<string, Stored[]>();
  for (let sequence = range.last; sequence >= range.first; sequence -= 1) {
    const stored = await read(manager, sequence);
    if (stored === undefined) continue;
    const whole = 'whole' in stored.content ? stored.content.whole : `#${sequence}`;
    if (!byWhole.has(whole) && byWhole.size >= limit) break;
    byWhole.set(whole, [stored, ...(byWhole.get(whole) ?? [])]);
  }
  const letters = await Promise.all([...byWhole.values()].map(toLetter));
  return letters.filter((letter) => letter !== undefined);
}

async function rangeOf(manager: JetStreamManager): Promise<{ readonly first: number; readonly last: number }> {
  try {
    const { state } = await manager.streams.info(stream);
    return state.messages === 0 ? { first: 1, last: 0 } : { first: state.first_seq, last: state.last_seq };
  } catch (error) {
    if ((error as Error).name === 'StreamNotFoundError') return { first: 1, last: 0 };
    throw error;
  }
}

/** Undefined where nothing stands under this number any more, or nothing that we wrote. */
async function read(manager: JetStreamManager, sequence: number): Promise<Stored | undefined> {
  const message = await manager.streams.getMessage(stream, { seq: sequence });
  if (message === null) return undefined;
  try {
    return { sequence, content: message.json<StoredDeath | MessagePart>() };
  } catch {
    return undefined;
  }
}

async function toLetter(parts: readonly Stored[]): Promise<DeadLetter | undefined> {
  const death = await wholeOf(parts.map(({ content }) => content));
  const [first] = parts;
  if (death === undefined || first === undefined) return undefined;
  const { subject, reason, tries, at, body } = death;
  return { id: first.sequence, subject, reason, tries, at: new Date(at), tenant: tenantIn(body), body, sequences: parts.map(({ sequence }) => sequence) };
}

/** What joins parts brings the services' whole framework with it, which every other verb would wait for. */
async function wholeOf(contents: readonly (StoredDeath | MessagePart)[]): Promise<StoredDeath | undefined> {
  const [only] = contents;
  if (only !== undefined && !('whole' in only)) return only;
  const { joinParts } = await import('@kds/messaging');
  try {
    return joinParts(contents as readonly MessagePart[]) as StoredDeath;
  } catch {
    return undefined;
  }
}

function tenantIn(body: string): string | null {
  try {
    const { tenant } = JSON.parse(body) as { tenant?: unknown };
    return typeof tenant === 'string' ? tenant : null;
  } catch {
    return null;
  }
}

/**
 * Publishes letters on the subjects that they came from, and removes each once the bus keeps it there. One that is sent twice within two minutes, because
 * we died in between, arrives once. Refuses when the bus does not take one; that one and those after it stay.
 */
export async function resendDeadLetters({ client, manager }: BusAccess, letters: readonly DeadLetter[]): Promise<void> {
  for (const { id, subject, at, body, sequences } of letters) {
    try {
      await client.publish(subject, body, { msgID: `resent-${id}-${at.getTime()}` });
    } catch (error) {
      throw new RefusedError(`The bus did not take letter ${id} on ${subject} (${(error as Error).message}): it stays. Check that the services run, they make the streams.`);
    }
    for (const sequence of sequences) await manager.streams.deleteMessage(stream, sequence);
  }
}
