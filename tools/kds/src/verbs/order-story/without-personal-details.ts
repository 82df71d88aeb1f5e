/** Members that say who somebody is, in whatever we keep of orders and requests. */
const personalMembers = new Set(['buyer', 'recipient', 'fullName', 'phone', 'email', 'details', 'remarkFromPerson']);
const email = /[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>"]+/g;
/** A phone as it is written in Ukraine, or anywhere with a plus; longer rows of digits are ids, and what begins with two zeros is a document's number. */
const phone = /(?<![\d.])(?:\+\d[\d ()-]{8,16}\d|(?:380\d|0[1-9])\d{8})(?![\d.])/g;

/** A copy that may be shown to anybody who may see orders: without the members that name a person, and with phones and e-mails in texts blotted out. */
export function withoutPersonalDetails(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(email, '(e-mail)').replaceAll(phone, '(phone)');
  if (Array.isArray(value)) return value.map(withoutPersonalDetails);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const shown = Object.entries(value).filter(([name]) => !personalMembers.has(name));
  return Object.fromEntries(shown.map(([name, member]) => [name, withoutPersonalDetails(member)]));
}
