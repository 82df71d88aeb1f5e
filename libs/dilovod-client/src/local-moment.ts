const formats = new Map<string, Intl.DateTimeFormat>();

/** A moment as Dilovod writes it: `YYYY-MM-DD HH:MM:SS` in the base's zone. Throws a `RangeError` on an unknown zone or an invalid date. */
export function localMoment(date: Date, timeZone: string): string {
  const parts = Object.fromEntries(formatIn(timeZone).formatToParts(date).map(({ type, value }) => [type, value]));
  return `${parts.year?.padStart(4, '0')}-${parts.month}-${parts.day} ${parts.hour}:${parts.minute}:${parts.second}`;
}

/** An hour that is shown twice, wherever it lies, and one more of doubt. */
const lookBackMinutes = 180;
const minuteMs = 60_000;

/**
 * The latest that a clock on the wall of that zone has shown in the three hours up to a moment, as `localMoment` writes
 * it. In the night when clocks go back an hour is shown twice: what was dated in its first half would lie ahead of the
 * present in its second.
 */
export function latestLocalMoment(date: Date, timeZone: string): string {
  const shown = localMoment(date, timeZone);
  if (offsetAt(before(date, lookBackMinutes * minuteMs), timeZone) <= offsetAt(date, timeZone)) return shown;
  const minute = new Date(Math.floor(date.getTime() / minuteMs) * minuteMs);
  // Clocks are put back at a whole minute: just before it they showed the latest.
  const justBefore = (minutes: number) => localMoment(before(minute, minutes * minuteMs + 1_000), timeZone);
  const ends = Array.from({ length: lookBackMinutes }, (_, minutes) => justBefore(minutes));
  return ends.reduce((latest, end) => (end > latest ? end : latest), shown);
}

/** A moment so far ahead that whatever is dated for later lies before it; no year that a 32-bit clock does not know. */
export function farAhead(date: Date): string {
  const year = date.getUTCFullYear();
  return `${year + Math.max(1, Math.min(10, 2037 - year))}-12-31 23:59:59`;
}

function before(date: Date, ms: number): Date {
  return new Date(date.getTime() - ms);
}

/** By how much the zone's clocks are ahead of UTC, in milliseconds. */
function offsetAt(date: Date, timeZone: string): number {
  return Date.parse(`${localMoment(date, timeZone).replace(' ', 'T')}Z`) - Math.floor(date.getTime() / 1_000) * 1_000;
}

function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(timeZone, format);
  return format;
}
