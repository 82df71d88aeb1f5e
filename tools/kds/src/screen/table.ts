export interface Column<Item> {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Gives way where the terminal is too narrow, by wrapping. */
  readonly wraps?: boolean;
  readonly cell: (item: Item) => string;
}

const narrowest = 10;

/** A heading and a row or more for each item, in aligned columns, each line at most `width` wide as far as columns that wrap allow. Nothing is cut off. */
export function tableOf<Item>(columns: readonly Column<Item>[], items: readonly Item[], width: number): string {
  const rows = items.map((item) => columns.map(({ cell }) => printable(cell(item))));
  const natural = columns.map(({ title }, index) => Math.max(title.length, ...rows.map((row) => lengthOf(row[index] ?? ''))));
  const { widths, gap } = fitted(columns, natural, width);
  const lines = [columns.map(({ title }) => title), ...rows].flatMap((row) => linesOf(row, columns, { widths, gap }));
  return lines.map((line) => `${line.trimEnd()}\n`).join('');
}

interface Layout {
  readonly widths: readonly number[];
  readonly gap: number;
}

/** First the columns that wrap give way, the widest first; then the gaps. */
function fitted<Item>(columns: readonly Column<Item>[], natural: readonly number[], width: number): Layout {
  const widths = [...natural];
  const total = (gap: number) => widths.reduce((sum, each) => sum + each, gap * (widths.length - 1));
  while (total(2) > width) {
    const giving = columns.flatMap(({ wraps }, index) => (wraps && (widths[index] ?? 0) > narrowest ? [index] : []));
    if (giving.length === 0) return { widths, gap: 1 };
    const widest = giving.reduce((a, b) => ((widths[a] ?? 0) >= (widths[b] ?? 0) ? a : b));
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return { widths, gap: 2 };
}

function linesOf<Item>(row: readonly string[], columns: readonly Column<Item>[], { widths, gap }: Layout): readonly string[] {
  const cells = row.map((text, index) => wrapped(text, widths[index] ?? 0));
  const height = Math.max(1, ...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => cells.map((lines, index) => padded(lines[line] ?? '', widths[index] ?? 0, columns[index]?.align)).join(' '.repeat(gap)));
}

/** The text in lines of at most `width` characters, broken between words where that can be. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((each) => pieces(each, width))) {
    if (line !== '' && lengthOf(line) + 1 + lengthOf(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

function pieces(word: string, width: number): readonly string[] {
  const characters = [...word];
  if (characters.length <= width) return [word];
  return Array.from({ length: Math.ceil(characters.length / width) }, (_, index) => characters.slice(index * width, (index + 1) * width).join(''));
}

/** What others wrote may hold anything: nothing of it may steer the terminal. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ');
}

function padded(text: string, width: number, align: Column<unknown>['align']): string {
  const blanks = ' '.repeat(Math.max(0, width - lengthOf(text)));
  return align === 'right' ? blanks + text : text + blanks;
}

function lengthOf(text: string): number {
  return [...text].length;
}
