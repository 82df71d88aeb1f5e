import { fit, type Look, type Row } from './spans.js';

export interface Column<Item> {
  readonly title: string;
  /** In characters; 0 takes what the others leave. */
  readonly width: number;
  readonly align?: 'left' | 'right';
  /** Left out where the terminal has fewer columns than this. */
  readonly from?: number;
  readonly cell: (item: Item) => { readonly text: string; readonly look?: Look };
}

const gap = 2;

/** A heading and a row for each item, in exactly `width` characters where there is a column that takes the rest. */
export function tableOf<Item>(columns: readonly Column<Item>[], items: readonly Item[], width: number): readonly Row[] {
  const shown = columns.filter(({ from = 0 }) => width >= from);
  const taken = shown.reduce((sum, column) => sum + column.width + gap, 0);
  const widthOf = (column: Column<Item>) => column.width || Math.max(0, width - taken);
  const toRow = (cellOf: (column: Column<Item>) => { readonly text: string; readonly look?: Look }): Row =>
    shown.flatMap((column) => {
      const { text, look } = cellOf(column);
      return [{ text: fit(text, widthOf(column), column.align), look }, { text: ' '.repeat(gap) }];
    });
  return [toRow(({ title }) => ({ text: title, look: 'heading' })), ...items.map((item) => toRow((column) => column.cell(item)))];
}
