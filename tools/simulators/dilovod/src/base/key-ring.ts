import { type Restrictions, type Session } from './session.js';

interface KeyEntry {
  readonly name: string;
  readonly key: string;
  revoked: boolean;
  restrictions: Restrictions;
}

const unrestricted: Restrictions = { closed: new Set(), readOnly: new Set() };

/** The API keys of a base, each with a name that may be shown and a role. */
export class KeyRing {
  private readonly entries: KeyEntry[] = [];

  /** Throws when the name or the key is taken. */
  add(name: string, key: string): void {
    if (this.entries.some((entry) => entry.name === name || entry.key === key)) throw new Error(`Key ${name} exists already`);
    this.entries.push({ name, key, revoked: false, restrictions: unrestricted });
  }

  /** The name of a key that this base issued, and whether it is still good. */
  find(key: string): { readonly name: string; readonly revoked: boolean } | undefined {
    return this.entries.find((entry) => entry.key === key);
  }

  revoke(name: string): void {
    this.load(name).revoked = true;
  }

  /** Opens and closes types for the role of one key, or of every key. */
  restrict(restrictions: Restrictions, name?: string): void {
    for (const entry of name === undefined ? this.entries : [this.load(name)]) entry.restrictions = restrictions;
  }

  session(name: string): Session {
    return { origin: 'api', ...this.load(name).restrictions };
  }

  private load(name: string): KeyEntry {
    const entry = this.entries.find((candidate) => candidate.name === name);
    if (!entry) throw new Error(`No key ${name}`);
    return entry;
  }
}
