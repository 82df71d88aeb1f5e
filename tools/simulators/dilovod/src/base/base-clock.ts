const kyiv = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Kyiv', dateStyle: 'short', timeStyle: 'medium' });

/** The time of a base: local to Kyiv, without a zone. */
export class BaseClock {
  /** Milliseconds that the base is ahead of the real clock. */
  offsetMs = 0;

  /** Now, as `YYYY-MM-DD HH:MM:SS`. */
  now(): string {
    return kyiv.format(new Date(Date.now() + this.offsetMs));
  }
}
