const form = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}:\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * Reads both of KeyCRM's spellings of a moment, `2026-03-01T17:00:07.000000Z` and `2026-03-01 17:00:07`, and a date alone (its midnight); without a
 * zone it is UTC. Gives ISO 8601 in UTC to the millisecond, or `undefined` for what is no moment, such as MySQL's zero date.
 */
export function parseMoment(value: unknown): string | undefined {
  const parts = typeof value === 'string' ? form.exec(value.trim()) : null;
  if (parts === null) return undefined;
  const [, year, month, day, time = '00:00:00', fraction = '.0', zone = 'Z'] = parts;
  if (Number(day) > daysIn(Number(year), Number(month))) return undefined;
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const moment = new Date(`${year}-${month}-${day}T${time}${fraction.slice(0, 4)}${offset}`);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
