import { tableOf } from './table.js';

const columns = [
  { title: 'sku', width: 6, cell: ({ sku }: { sku: string; qty: string }) => ({ text: sku }) },
  { title: 'name', width: 5, from: 40, cell: () => ({ text: 'belt' }) },
  { title: 'qty', width: 0, align: 'right' as const, cell: ({ qty }: { sku: string; qty: string }) => ({ text: qty }) },
];
const textOf = (width: number) => tableOf(columns, [{ sku: 'BRYBPB', qty: '2.5' }], width).map((row) => row.map(({ text }) => text).join(''));

test('fills the width, and leaves out what there is no room for', () => {
  expect(textOf(20)).toEqual(['sku            qty  ', 'BRYBPB         2.5  ']);
  expect(textOf(40)[1]).toBe('BRYBPB  belt                       2.5  ');
});
