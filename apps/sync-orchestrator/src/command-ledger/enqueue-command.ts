import type { Command, System } from '@kds/contracts';
import { activeTraceparent } from '@kds/observability';
import { type Db, execute } from '@kds/persistence';

/** Lower goes first. */
export const priorities = { beforeOrders: -1, liveOrder: 0, orderFields: 5, stockAndPrices: 10, readBack: 20, backFill: 30 } as const;

export interface NewCommand {
  readonly tenant: string;
  readonly system: System;
  /** What the command is about (`order:9051`, `person:phone:+380…`, `balances`): of one kind, only one waits for a subject. */
  readonly subject: string;
  readonly command: Command;
  readonly priority: number;
  readonly delayMs?: number;
}

/** Puts a command into its lane. One of the same kind and subject that still waits is replaced, and keeps its place if that is better. */
export async function enqueueCommand(db: Db, { tenant, system, subject, command, priority, delayMs = 0 }: NewCommand): Promise<void> {
  await execute(
    db,
    `insert into commands (tenant, system, kind, subject, priority, payload, not_before, traceparent)
     values ($1, $2, $3, $4, $5, $6, clock_timestamp() + $7 * interval '1 millisecond', $8)
     on conflict (tenant, system, subject, kind) where state = 'pending'
     do update set payload = excluded.payload, priority = least(commands.priority, excluded.priority), not_before = least(commands.not_before, excluded.not_before),
       traceparent = coalesce(excluded.traceparent, commands.traceparent)`,
    [tenant, system, command.kind, subject, priority, JSON.stringify(command), delayMs, activeTraceparent()],
  );
}

export function orderSubject(orderId: number): string {
  return `order:${orderId}`;
}
