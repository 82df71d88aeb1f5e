/** What an attribute of an object, a table row or a register holds. A reference with no types may point anywhere. */
export type Field =
  | { readonly kind: 'text'; readonly holds?: 'contacts' }
  | { readonly kind: 'texts' }
  | { readonly kind: 'flag' }
  | { readonly kind: 'date' }
  | { readonly kind: 'decimal'; readonly scale: number }
  | { readonly kind: 'ref'; readonly to: readonly string[] };

export type Fields = Readonly<Record<string, Field>>;

/** The builders below take attribute names separated by blanks and give each the same kind. */
export const text = (names: string): Fields => each(names, { kind: 'text' });
/** JSON text that lists the phones, e-mails and addresses of a person. */
export const contacts = (names: string): Fields => each(names, { kind: 'text', holds: 'contacts' });
/** Multi-language text. */
export const texts = (names: string): Fields => each(names, { kind: 'texts' });
export const flag = (names: string): Fields => each(names, { kind: 'flag' });
export const date = (names: string): Fields => each(names, { kind: 'date' });
export const decimal = (scale: number, names: string): Fields => each(names, { kind: 'decimal', scale });
export const money = (names: string): Fields => decimal(2, names);
export const quantity = (names: string): Fields => decimal(3, names);
export const price = (names: string): Fields => decimal(5, names);
/** `to`: type names separated by blanks; none: any type. */
export const ref = (to: string, names: string): Fields => each(names, { kind: 'ref', to: to === '' ? [] : to.split(' ') });

function each(names: string, field: Field): Fields {
  return Object.fromEntries(names.split(' ').map((name) => [name, field]));
}
