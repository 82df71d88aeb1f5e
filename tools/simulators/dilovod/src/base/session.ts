import { Refusal } from '../refusal.js';

/** What the role of an API key may not do. A type that is closed can be neither read nor written. */
export interface Restrictions {
  readonly closed: ReadonlySet<string>;
  readonly readOnly: ReadonlySet<string>;
}

/** Who works in the base: an API key with its role, or a person in the UI, who may do everything. */
export interface Session extends Restrictions {
  readonly origin: 'api' | 'hand';
}

export const byHand: Session = { origin: 'hand', closed: new Set(), readOnly: new Set() };

/** Throws the access refusal when the role may not read `type`. */
export function demandRead(session: Session, type: string): void {
  if (session.closed.has(type)) throw accessRefusal(type);
}

/** Throws the access refusal when the role may not write `type`. */
export function demandWrite(session: Session, type: string): void {
  if (session.closed.has(type) || session.readOnly.has(type)) throw accessRefusal(type);
}

function accessRefusal(type: string): Refusal {
  return new Refusal(`Access to ${type} denied, check role settings`);
}
