const plain = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}:\d{2})(?:\.\d+)?Z?)?$/;

/** Reads `2026-03-01`, `2026-03-01 17:00:07` or `2026-03-01T17:00:07.000000Z`, all in UTC; `undefined` for anything else. */
export function parseMoment(text: string): Date | undefined {
  const match = plain.exec(text.trim());
  if (!match) return undefined;
  const at = new Date(`${match[1]}T${match[2] ?? '00:00:00'}Z`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

export function hasTime(text: string): boolean {
  return plain.exec(text.trim())?.[2] !== undefined;
}

/** The API keeps whole seconds. */
export function wholeSecond(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1000) * 1000);
}

/** `2026-03-01 17:00:07` */
export function plainForm(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', ' ');
}

/** `2026-03-01T17:00:07.000000Z` */
export function microsForm(at: Date): string {
  return `${at.toISOString().slice(0, 19)}.000000Z`;
}
