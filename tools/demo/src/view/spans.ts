/** A piece of a line with one look. */
export interface Span {
  readonly text: string;
  readonly look?: Look;
}

export type Row = readonly Span[];

export type Look = keyof typeof codes;

const codes = {
  bold: '1',
  dim: '2',
  red: '31',
  green: '32',
  yellow: '33',
  blue: '94',
  magenta: '35',
  cyan: '36',
  title: '1;97;44',
  heading: '1;36',
} as const;

/** Exactly `width` characters of a text: cut with an ellipsis, or filled up with blanks. Every character of ours is one column wide. */
export function fit(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const characters = [...text];
  if (characters.length > width) return width <= 0 ? '' : `${characters.slice(0, width - 1).join('')}…`;
  const blanks = ' '.repeat(width - characters.length);
  return align === 'left' ? text + blanks : blanks + text;
}

/** The row as a terminal is sent it, never longer than `width` columns. */
export function toTerminal(row: Row, { width, colours }: { readonly width: number; readonly colours: boolean }): string {
  let left = width;
  let line = '';
  for (const { text, look } of row) {
    const shown = [...text].length > left ? fit(text, left) : text;
    left -= [...shown].length;
    line += look !== undefined && colours && shown !== '' ? `\x1b[${codes[look]}m${shown}\x1b[0m` : shown;
  }
  return line;
}
