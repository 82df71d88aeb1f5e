import { InvalidArgumentError } from 'commander';

const units = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'm', ms: 60_000 },
  { name: 's', ms: 1_000 },
] as const;

/** A span in its largest whole unit, which is enough to judge by: `12s`, `3m`, `5h`, `2d`. */
export function shortSpan(ms: number): string {
  const unit = units.find((each) => ms >= each.ms) ?? units[3];
  return `${Math.max(0, Math.floor(ms / unit.ms))}${unit.name}`;
}

/** How long ago something was; `never` when it was not yet. */
export function ageOf(moment: Date | null, now: Date): string {
  return moment === null ? 'never' : shortSpan(now.getTime() - moment.getTime());
}

/** Milliseconds of a span as people type it. Refuses, as commander's arguments do, what is none. */
export function parseSpan(text: string): number {
  const [, count, name] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const unit = units.find((each) => each.name === name);
  if (unit === undefined) throw new InvalidArgumentError('write a span such as 30s, 15m, 6h or 2d.');
  return Number(count) * unit.ms;
}
