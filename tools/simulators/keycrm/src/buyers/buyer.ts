import type { CustomFieldValue } from '../dictionaries/dictionaries.js';
import type { Switches } from '../switches.js';

export interface Buyer {
  readonly id: number;
  fullName: string;
  emails: string[];
  phones: string[];
  note: string | null;
  birthday: string | null;
  readonly customFields: Map<string, CustomFieldValue>;
  readonly createdAt: Date;
  updatedAt: Date;
}

export interface BuyerContacts {
  readonly fullName?: string | null;
  readonly phone?: string | null;
  readonly email?: string | null;
}

/** Buyers of an account, found by the contacts as they were typed in. */
export class Buyers {
  readonly byId = new Map<number, Buyer>();
  private nextId = 701;

  /** An existing buyer with the same contacts, or a new one. */
  matchOrAdd(contacts: BuyerContacts, at: Date, match: Switches['buyerMatch']): Buyer {
    return this.find(contacts, match) ?? this.add(contacts, at);
  }

  add(contacts: BuyerContacts, at: Date): Buyer {
    const buyer: Buyer = {
      id: this.nextId++,
      fullName: contacts.fullName ?? '',
      emails: contacts.email ? [contacts.email] : [],
      phones: contacts.phone ? [contacts.phone] : [],
      note: null,
      birthday: null,
      customFields: new Map(),
      createdAt: at,
      updatedAt: at,
    };
    this.byId.set(buyer.id, buyer);
    return buyer;
  }

  private find(contacts: BuyerContacts, match: Switches['buyerMatch']): Buyer | undefined {
    if (match === 'none') return undefined;
    const { phone, email } = contacts;
    for (const buyer of this.byId.values()) {
      if (phone && buyer.phones.includes(phone)) return buyer;
      if (match === 'phone-or-email' && email && buyer.emails.includes(email)) return buyer;
    }
    return undefined;
  }
}
