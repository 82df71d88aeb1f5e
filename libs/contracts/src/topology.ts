import type { System } from './commands.js';

/** The bus, declared once: streams, what they carry, who consumes them. Created at start, and again whenever the bus has lost them. */
export interface StreamDeclaration {
  readonly name: string;
  readonly subjects: readonly string[];
  readonly retention: 'workqueue' | 'limits';
  readonly maxAgeMs: number;
}

export const streams = {
  commands: { name: 'KDS_COMMANDS', subjects: ['kds.cmd.>'], retention: 'workqueue', maxAgeMs: 10 * 60_000 },
  events: { name: 'KDS_EVENTS', subjects: ['kds.evt.>'], retention: 'limits', maxAgeMs: 24 * 3_600_000 },
  dead: { name: 'KDS_DEAD', subjects: ['kds.dead.>'], retention: 'limits', maxAgeMs: 30 * 24 * 3_600_000 },
} as const satisfies Record<string, StreamDeclaration>;

export interface ConsumerDeclaration {
  readonly durable: string;
  readonly stream: string;
  readonly subject: string;
  /** A message not settled for so long is given to another instance; one at work says so in between. */
  readonly ackWaitMs: number;
  readonly maxDeliver: number;
}

export function commandSubject(system: System, pool: string, kind: string): string {
  return `kds.cmd.${system}.${pool}.${kind}`;
}

/** The consumer of one gateway and pool; `*` serves every pool and must then be the only one of its system. */
export function commandConsumer(system: System, pool: string): ConsumerDeclaration {
  const name = pool === '*' ? 'all' : pool;
  return { durable: `${system}-gateway-${name}`, stream: streams.commands.name, subject: `kds.cmd.${system}.${pool}.>`, ackWaitMs: 10_000, maxDeliver: 3 };
}

/** Events, one subject a kind; the orchestrator's replicas share one consumer of each. */
export const eventSubjects = {
  outcome: 'kds.evt.outcome',
  orderHint: 'kds.evt.order-hint',
  dilovodHint: 'kds.evt.dilovod-hint',
  keyChange: 'kds.evt.key-change',
} as const;

export function eventConsumer(event: keyof typeof eventSubjects): ConsumerDeclaration {
  const subject = eventSubjects[event];
  return { durable: `orchestrator-${subject.split('.').at(-1)}`, stream: streams.events.name, subject, ackWaitMs: 30_000, maxDeliver: 5 };
}

/** On plain NATS, not kept: which of some attempts a gateway of this system has in hand (`InHandQuestion` → `InHandAnswer`); every gateway answers. */
export function inHandSubject(system: System): string {
  return `kds.ask.in-hand.${system}`;
}

/** On plain NATS, not kept: which accounts some tenants' keys belong to (`AccountsQuestion` → `AccountsAnswer`); every gateway of the system answers. */
export function accountsSubject(system: System): string {
  return `kds.ask.accounts.${system}`;
}

export function deadSubject(consumer: string): string {
  return `kds.dead.${consumer}`;
}
