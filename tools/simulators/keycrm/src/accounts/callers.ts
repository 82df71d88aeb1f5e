import { RateWindow } from '../http/rate-window.js';

/** A program that is not seen here and uses up a key's requests. */
export interface OtherProgram {
  readonly requestsPerMinute: number;
  /** Absent: one that nobody else has. */
  readonly address?: string;
}

/** A window for each address that calls. */
export class AddressWindows {
  private readonly byAddress = new Map<string, RateWindow>();

  of(address: string, perMinute: number): RateWindow {
    const window = this.byAddress.get(address) ?? new RateWindow(perMinute);
    window.perMinute = perMinute;
    this.byAddress.set(address, window);
    return window;
  }
}

/** Who calls a simulator, over all of its accounts. */
export class Callers {
  readonly windows = new AddressWindows();
  /** By name of the account whose key they use. */
  readonly elsewhere = new Map<string, OtherProgram>();
}
