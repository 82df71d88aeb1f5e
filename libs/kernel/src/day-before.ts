/** The day before an instant as `YYYY-MM-DD`: no time zone makes it later than the instant's own day. */
export function dayBefore(instant: string): string {
  return new Date(Date.parse(instant) - 86_400_000).toISOString().slice(0, 10);
}
