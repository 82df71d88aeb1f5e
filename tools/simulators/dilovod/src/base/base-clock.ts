/** The wall clock of a base: local to the place where its customer lives, without a zone in what it says. */
export class BaseClock {
  /** Milliseconds that the base is ahead of the machine's clock. */
  offsetMs = 0;
  private format = formatOf('Europe/Kyiv');

  /** Moves the base to another zone, an IANA name; throws when there is none. What is dated already keeps its date. */
  moveTo(zone: string): void {
    this.format = formatOf(zone);
  }

  /** Now, as `YYYY-MM-DD HH:MM:SS`. */
  now(): string {
    return this.format.format(new Date(Date.now() + this.offsetMs));
  }
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
}
