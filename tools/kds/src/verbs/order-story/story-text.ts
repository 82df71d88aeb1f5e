import { isReturned, type OrderBinding } from '@kds/sync-domain';
import { ageOf } from '../../screen/durations.js';
import { type Column, printable, tableOf, wrapped } from '../../screen/table.js';
import type { Screen } from '../verb.js';
import type { OrderStory } from './order-story.js';
import { lineText, type StoryEvent, storyEvents } from './story-events.js';

export function storyText(story: OrderStory, screen: Screen): string {
  const present = [...decisionLines(story, screen.now), ...keycrmLines(story, screen.now), ...personLines(story.person), ...dilovodLines(story.dilovod)];
  const head = present.flatMap((line) => wrapped(printable(line), screen.width)).join('\n');
  const columns: readonly Column<StoryEvent>[] = [
    { title: 'TIME (UTC)', cell: ({ at }) => at.toISOString().slice(0, -1).replace('T', ' ') },
    { title: 'WHAT', wraps: true, cell: ({ what }) => what },
    { title: '', wraps: true, cell: ({ about }) => about },
  ];
  return `${head}\n\n${tableOf(columns, storyEvents(story), screen.width)}`;
}

function decisionLines({ tenant, orderId, decision, dropped, lookedAtAgain, refusals }: OrderStory, now: Date): readonly string[] {
  const name = `${tenant}: order ${orderId}`;
  const state = decision === null ? `${name} has not been decided yet` : `${name} was decided ${ageOf(decision.at, now)} ago: ${decision.kind === 'park' ? 'held' : decision.kind} (${decision.reason ?? 'no reason'})`;
  const heldFor = decision?.heldSince ? ageOf(decision.heldSince, now) : undefined;
  return [
    state,
    ...(heldFor === undefined ? [] : [decision?.kind === 'park' ? `It has been held for this reason for ${heldFor}.` : `It has been held for ${heldFor}, and is tried again.`]),
    ...(decision?.message ? [decision.message] : []),
    ...(dropped ? ['A person dropped it: it is left alone until it is edited in KeyCRM or released.'] : []),
    ...(lookedAtAgain === null ? [] : ['It is about to be looked at again.']),
    ...refusals.map(({ kind, code, message }) => `Dilovod refused ${kind}: ${code}: ${message}`),
  ];
}

function keycrmLines({ keycrm: { seenAt, observation } }: OrderStory, now: Date): readonly string[] {
  const seen = `KeyCRM, as seen ${ageOf(seenAt, now)} ago:`;
  if (observation.kind === 'missing') return [`${seen} has the order no more`];
  const { statusId, orderedAt, grandTotal, lines, buyer, recipient } = observation.order;
  // Only a story that was asked for with personal data has these.
  const people = [buyer && `buyer ${personText(buyer)}`, recipient && `recipient ${personText(recipient)}`].filter(Boolean);
  return [[`${seen} status ${statusId}, made ${orderedAt}, total ${grandTotal}`, ...people].join(', '), `Its lines: ${lines.map(lineText).join(', ') || 'none'}`];
}

function personText(person: { readonly fullName: string | null; readonly phone: string | null; readonly email?: string | null }): string {
  return [person.fullName, person.phone, person.email].filter(Boolean).join(' ') || 'unnamed';
}

function personLines(person: OrderStory['person']): readonly string[] {
  if (person === null) return [];
  const { id, by, others } = person;
  if (others.length === 0) return [`Its buyer in Dilovod: person ${id}`];
  const why = by === 'same-name' ? 'the one of the same name' : 'the one known longest, since none has the same name';
  return [`Its buyer in Dilovod: person ${id}, ${why}; ${others.join(', ')} ${others.length === 1 ? 'has' : 'have'} the same phone or e-mail`];
}

function dilovodLines({ saleOrder, shipments, doubt }: OrderBinding): readonly string[] {
  const order = saleOrder && `order ${saleOrder.number === null ? '' : `№${saleOrder.number} `}(${saleOrder.id})${saleOrder.state === null ? '' : ` in state ${saleOrder.state}`}${saleOrder.reserved === null ? '' : saleOrder.reserved ? ', goods reserved' : ', goods not reserved by the base'}`;
  const rest = shipments.map((shipment) => `shipment ${shipment.id} from ${shipment.storage}${shipment.saleReturn === null ? '' : `, ${isReturned(shipment) ? 'returned' : 'returned in part'} by ${shipment.saleReturn.id}`}`);
  const held = [order, ...rest].filter(Boolean).join('; ') || 'nothing';
  return [`Dilovod holds: ${held}`, ...(doubt === null ? [] : [`In doubt: ${doubt === 'all' ? 'its documents' : `a ${doubt}`}; it is looked at before anything else.`])];
}
