import { type Column, printable, tableOf, wrapped } from './table.js';

interface Item {
  readonly name: string;
  readonly count: number;
  readonly note: string;
}

const columns: readonly Column<Item>[] = [
  { title: 'NAME', cell: ({ name }) => name },
  { title: 'COUNT', align: 'right', cell: ({ count }) => String(count) },
  { title: 'NOTE', wraps: true, cell: ({ note }) => note },
];
const items = [
  { name: 'Олена', count: 12, note: 'short' },
  { name: 'x', count: 3, note: 'a note of several words that needs room' },
];

describe('a table', () => {
  it('is as wide as its texts where there is room', () => {
    expect(tableOf(columns, items, Infinity).split('\n')).toEqual(['NAME   COUNT  NOTE', 'Олена     12  short', 'x          3  a note of several words that needs room', '']);
  });

  it('wraps what may wrap where there is not, and cuts nothing off', () => {
    expect(tableOf(columns, items, 34).split('\n')).toEqual(['NAME   COUNT  NOTE', 'Олена     12  short', 'x          3  a note of several', '              words that needs', '              room', '']);
  });

  it('narrows its gaps where wrapping is not enough', () => {
    expect(tableOf(columns, items, 10).split('\n')[0]).toBe('NAME  COUNT NOTE');
  });
});

it('breaks words that are longer than a line', () => {
  expect(wrapped('ab abcdefg', 3)).toEqual(['ab', 'abc', 'def', 'g']);
});

it('lets nothing that others wrote steer the terminal', () => {
  expect(printable('a\u001b[2Jb\r\nc')).toBe('a [2Jb c');
});
