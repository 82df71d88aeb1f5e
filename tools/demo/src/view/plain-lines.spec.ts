import { PlainLines } from './plain-lines.js';

test('one event a line, with the clock, whatever the text holds', () => {
  const written: string[] = [];
  const view = new PlainLines((text) => written.push(text));
  view.tell({ time: '09:03', kind: 'dilovod', text: 'order №1\nis posted' });
  view.tell({ time: '09:04', kind: 'seen', text: 'so it is' });
  expect(written).toEqual(['09:03 Dilovod order №1 is posted\n', '09:04 ✓       so it is\n']);
});
