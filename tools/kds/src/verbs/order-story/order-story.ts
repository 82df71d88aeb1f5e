import type { Command, System } from '@kds/contracts';
import { type Observation, type OrderBinding, type PersonChoice, type Refusal, toPersonWanted } from '@kds/sync-domain';
import type { Ledger } from '@kds/persistence';
import { RefusedError, requireTenant } from '@kds/sync-orchestrator';

/** Everything that is kept of one order: how it stands, and how it came to that. Old requests are tidied away; the journal stays. */
export interface OrderStory {
  readonly tenant: string;
  readonly orderId: string;
  readonly decision: Decided | null;
  /** A person decided to leave it until it is edited in KeyCRM. */
  readonly dropped: boolean;
  /** When it is looked at again; null when nothing has happened since the decision. */
  readonly lookedAtAgain: Date | null;
  readonly keycrm: { readonly seenAt: Date; readonly observation: Observation };
  /** Who the buyer is in Dilovod, once that is known. */
  readonly person: PersonTaken | null;
  /** What Dilovod is known to hold. */
  readonly dilovod: OrderBinding;
  /** Requests that Dilovod refused, until something that could change its mind happens. */
  readonly refusals: readonly RequestRefused[];
  /** What was written into the order's custom fields, by uuid. */
  readonly writtenFields: Readonly<Record<string, string>> | null;
  readonly journal: readonly JournalLine[];
  readonly requests: readonly RequestMade[];
}

export interface Decided {
  readonly kind: string;
  readonly reason: string | null;
  readonly message: string | null;
  readonly detail: unknown;
  readonly at: Date;
  /** Since when the order is held for this reason, also while it is tried again; null when it is not. */
  readonly heldSince: Date | null;
}

/** `by` says how it was told from `others`, who have the same phone or e-mail. */
export interface PersonTaken {
  readonly id: string;
  readonly by: PersonChoice['by'] | null;
  readonly others: readonly string[];
}

export interface RequestRefused {
  readonly kind: string;
  readonly code: string;
  readonly message: string;
}

/** `at` is when it was told first; a line that was told `times` times was told last at `lastAt`. */
export interface JournalLine {
  readonly at: Date;
  readonly times: number;
  readonly lastAt: Date | null;
  readonly entry: string;
  readonly reason: string | null;
  readonly detail: unknown;
}

/** A command for this order, for its goods or for its buyer. */
export interface RequestMade {
  readonly commandId: string;
  readonly system: System;
  readonly about: 'order' | 'goods' | 'buyer';
  readonly kind: string;
  readonly state: string;
  readonly askedAt: Date;
  readonly settledAt: Date | null;
  readonly notBefore: Date;
  readonly payload: Command;
  readonly failure: { readonly code: string; readonly message: string } | null;
  /** How often it was refused with these words, this time included, and when for the first time; the requests before are not kept. */
  readonly times: number;
  readonly firstSettledAt: Date | null;
  readonly attempts: readonly AttemptMade[];
}

export interface AttemptMade {
  readonly attempt: string;
  readonly dispatchedAt: Date;
  readonly settledAt: Date | null;
  readonly outcome: string | null;
  readonly calls: readonly { readonly operation: string; readonly latencyMs: number; readonly result: string }[];
  readonly failure: { readonly code: string; readonly message: string } | null;
}

interface OrderRow {
  readonly observation: Observation;
  readonly observed_at: Date;
  readonly binding: OrderBinding;
  readonly refusals: readonly Refusal[];
  readonly decision: string | null;
  readonly reason: string | null;
  readonly message: string | null;
  readonly detail: unknown;
  readonly decided_at: Date;
  readonly held_since: Date | null;
  readonly written_fields: OrderStory['writtenFields'];
  readonly dirty_since: Date | null;
  readonly dropped: boolean;
}

/** Refuses an order of which nothing is known. */
export async function loadOrderStory(ledger: Ledger, tenant: string, orderId: string): Promise<OrderStory> {
  await requireTenant(ledger, tenant);
  const [order] = await ledger.rows<OrderRow>(orderSql, [tenant, orderId]);
  if (order === undefined) throw new RefusedError(`Nothing is known of order ${orderId} of ${tenant}: it was made before orders.since, or KeyCRM has not shown it yet.`);
  const { decision: kind, reason, decided_at: at, held_since: heldSince, observation } = order;
  // What is tried again keeps the words with which it was held.
  const { message, detail } = kind === 'park' ? order : { message: null, detail: null };
  return {
    tenant,
    orderId,
    decision: kind === null ? null : { kind, reason, message, detail, at, heldSince },
    dropped: order.dropped,
    lookedAtAgain: order.dirty_since,
    keycrm: { seenAt: order.observed_at, observation },
    person: await loadPerson(ledger, tenant, observation),
    dilovod: order.binding,
    refusals: order.refusals.map(({ command, code, message }) => ({ kind: (JSON.parse(command) as Command).kind, code, message })),
    writtenFields: order.written_fields,
    journal: await ledger.rows<JournalLine>(`select at, times, last_at as "lastAt", entry, reason, detail from order_journal where tenant = $1 and order_id = $2 order by id`, [tenant, orderId]),
    requests: await loadRequests(ledger, tenant, subjectsOf(orderId, observation)),
  };
}

async function loadPerson(ledger: Ledger, tenant: string, observation: Observation): Promise<PersonTaken | null> {
  const key = observation.kind === 'present' ? toPersonWanted(observation.order.buyer)?.key : undefined;
  const [person] = await ledger.rows<{ id: string; choice: Omit<PersonTaken, 'id'> | null }>(`select person_id as id, choice from persons where tenant = $1 and key = $2 and state = 'known'`, [tenant, key ?? '']);
  return person === undefined ? null : { id: person.id, by: person.choice?.by ?? null, others: person.choice?.others ?? [] };
}

type Subjects = ReadonlyMap<string, RequestMade['about']>;

function subjectsOf(orderId: string, observation: Observation): Subjects {
  const buyer = observation.kind === 'present' ? toPersonWanted(observation.order.buyer) : undefined;
  const subjects = new Map<string, RequestMade['about']>([[`order:${orderId}`, 'order'], [`goods-of:${orderId}`, 'goods']]);
  return buyer === undefined ? subjects : subjects.set(`person:${buyer.key}`, 'buyer');
}

async function loadRequests(ledger: Ledger, tenant: string, subjects: Subjects): Promise<readonly RequestMade[]> {
  const commands = await ledger.rows<Omit<RequestMade, 'about' | 'attempts'> & { readonly subject: string }>(commandsSql, [tenant, [...subjects.keys()]]);
  const attempts = await ledger.rows<AttemptMade & { readonly commandId: string }>(attemptsSql, [commands.map(({ commandId }) => commandId)]);
  const byCommand = Map.groupBy(attempts, ({ commandId }) => commandId);
  return commands.map(({ subject, ...command }) => ({
    ...command,
    about: subjects.get(subject) ?? 'order',
    attempts: (byCommand.get(command.commandId) ?? []).map(({ commandId: _, ...attempt }) => ({ ...attempt, calls: attempt.calls ?? [] })),
  }));
}

const orderSql = `
  select observation, observed_at, binding, refusals, decision, reason, message, detail, decided_at, held_since, written_fields, dirty_since, dropped_essence is not distinct from essence as dropped
  from orders where tenant = $1 and order_id = $2`;

const commandsSql = `
  select id::text as "commandId", system, kind, subject, state, created_at as "askedAt", settled_at as "settledAt", not_before as "notBefore", payload, failure, times, first_settled_at as "firstSettledAt"
  from commands where tenant = $1 and subject = any ($2) order by id`;

const attemptsSql = `
  select id::text as attempt, command_id::text as "commandId", dispatched_at as "dispatchedAt", settled_at as "settledAt", outcome, calls, failure
  from attempts where command_id = any ($1::bigint[]) order by id`;
