/** Control characters other than tab and line breaks: Postgres stores no U+0000, and screens obey the others. */
const control = /[^\P{Cc}\t\n\r]/u;
const controls = new RegExp(control, 'gu');
const graphemes = new Intl.Segmenter('uk', { granularity: 'grapheme' });
const ellipsis = '…';

/**
 * A text of a stranger's that every database, JSON reader and screen takes: no control characters, and half a character
 * becomes U+FFFD.
 */
export function cleanText(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return control.test(whole) ? whole.replace(controls, '') : whole;
}

/** A JSON value in which every text is clean, names of members too; the same value where all are. */
export function cleanTexts<T>(value: T): T {
  return cleanedValue(value) as T;
}

/**
 * A clean text of at most `max` UTF-16 units, and so of at most `max` characters: cut between two of those that people
 * see, with an ellipsis.
 */
export function cutText(text: string, max: number): string {
  const clean = cleanText(text);
  if (clean.length <= max) return clean;
  if (max < ellipsis.length) return '';
  return `${clean.slice(0, cutBefore(clean, max - ellipsis.length))}${ellipsis}`;
}

/**
 * Where the character begins that has a unit at `position`; one that is longer than all before it is itself cut,
 * between two code points.
 */
function cutBefore(whole: string, position: number): number {
  const start = graphemes.segment(whole.slice(0, position + 2)).containing(position)?.index ?? 0;
  if (start > 0) return start;
  return whole.slice(0, position).isWellFormed() ? position : position - 1;
}

function cleanedValue(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? cleanedList(value) : cleanedObject(value as Readonly<Record<string, unknown>>);
}

function cleanedList(list: readonly unknown[]): readonly unknown[] {
  let changed = false;
  const cleaned = list.map((item) => {
    const clean = cleanedValue(item);
    changed ||= clean !== item;
    return clean;
  });
  return changed ? cleaned : list;
}

/** Whatever is no plain object, such as a date, has no members of its own and stays. */
function cleanedObject(value: Readonly<Record<string, unknown>>): object {
  let changed = false;
  const cleaned = Object.entries(value).map(([name, member]): [string, unknown] => {
    const entry: [string, unknown] = [cleanText(name), cleanedValue(member)];
    changed ||= entry[0] !== name || entry[1] !== member;
    return entry;
  });
  return changed ? Object.fromEntries(cleaned) : value;
}
