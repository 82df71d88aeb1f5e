const email = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}(?![\p{L}\p{N}])/gu;
/** Ukrainian numbers as people write them: with 380 or with 0 before the operator's two digits, in groups or not. A longer row of digits is an id. */
const phone = /(?<![\d.])(?:\+?38[\s-]?)?\(?0\d{2}\)?[\s-]?\d{3}[\s-]?\d{2}[\s-]?\d{2}(?!\d)/g;

/** A line of the log without what looks like a phone number or an e-mail address, wherever it comes from. */
export function hideContacts(line: string): string {
  return line.replace(email, '[e-mail]').replace(phone, '[phone]');
}
