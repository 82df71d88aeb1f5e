/** Rows of one shape, member by member: whole catalogues travel so, in half the space, and into the database as they come. */
export type Columns<Row> = { readonly [Member in keyof Row]: readonly Row[Member][] };

export function toColumns<Row extends object>(rows: readonly Row[], members: readonly (keyof Row & string)[]): Columns<Row> {
  return Object.fromEntries(members.map((member) => [member, rows.map((row) => row[member])])) as unknown as Columns<Row>;
}
