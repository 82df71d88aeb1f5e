import { type HeldItem, type HeldSubject, nameOfHeld } from '@kds/sync-orchestrator';
import { ageOf } from '../../screen/durations.js';
import { type Column, printable, tableOf, wrapped } from '../../screen/table.js';
import type { Screen } from '../verb.js';

export function listText(items: readonly HeldItem[], { width, now }: Screen): string {
  if (items.length === 0) return 'Nothing is held.\n';
  const columns: readonly Column<HeldItem>[] = [
    { title: 'TENANT', cell: ({ tenant }) => tenant },
    { title: 'WHAT', cell: ({ what }) => what },
    { title: 'FOR', align: 'right', cell: ({ since }) => ageOf(since, now) },
    { title: 'REASON', wraps: true, cell: ({ reason }) => reason },
    { title: 'MESSAGE', wraps: true, cell: ({ message }) => message },
  ];
  return tableOf(columns, items, width);
}

export function itemText(item: HeldItem, subject: HeldSubject, { width, now }: Screen): string {
  const { tenant, what, reason, message, since, goesByItself, detail } = item;
  const paragraph = (text: string) => wrapped(printable(text), width).join('\n');
  const parts = [
    `${tenant}: ${nameOfHeld(subject)} is held for ${ageOf(since, now)} (${reason})`,
    paragraph(message),
    detailText(detail, width),
    paragraph(`Goes by itself ${goesByItself}.`),
    `Let it go:  kds held release ${tenant} ${what}\nLeave it:   kds held drop ${tenant} ${what}`,
    subject.kind === 'order' ? `Its story:  kds order show ${tenant} ${what}` : '',
  ];
  return parts.filter((part) => part !== '').map((part) => `${part.trimEnd()}\n`).join('\n');
}

/** Lists of facts as tables, single facts in a line each. */
function detailText(detail: unknown, width: number): string {
  if (typeof detail !== 'object' || detail === null) return '';
  const entries = Object.entries(detail);
  const single = entries.filter(([, value]) => !isListOfFacts(value)).map(([name, value]) => printable(`${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`));
  const lists = entries.flatMap(([name, value]) => (isListOfFacts(value) ? [`${name}:\n${factsTable(value, width)}`] : []));
  return [...(single.length > 0 ? [`${single.join('\n')}\n`] : []), ...lists].join('\n');
}

type Facts = Readonly<Record<string, unknown>>;

function isListOfFacts(value: unknown): value is readonly Facts[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'object' && each !== null && !Array.isArray(each));
}

function factsTable(facts: readonly Facts[], width: number): string {
  const names = [...new Set(facts.flatMap((each) => Object.keys(each)))];
  const shown = (value: unknown) => (value === null || value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value));
  return tableOf(names.map((name): Column<Facts> => ({ title: name, wraps: true, cell: (each) => shown(each[name]) })), facts, width);
}
