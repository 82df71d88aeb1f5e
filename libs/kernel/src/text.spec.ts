import fc from 'fast-check';
import { cleanText, cleanTexts, cutText } from './index.js';

/** Of every unit that a JavaScript text can hold: halves of characters and control characters too. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom(
        'a',
        'ї',
        '\0',
        '\u001b',
        '\n',
        '\t',
        '\u{1f469}\u200d\u{1f4bb}',
        '\u{1f1fa}\u{1f1e6}',
        'e\u0301',
        '\ud83d',
        '\udc4d',
        ' ',
      ),
    )
    .map((units) => units.join('')),
);
const unfit = /[^\P{Cc}\t\n\r]/u;

const isFit = (text: string) => text.isWellFormed() && !unfit.test(text);

test('F7: whatever goes in, a clean text is well-formed and without control characters, and stays as it is', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const clean = cleanText(text);
      expect(isFit(clean)).toBe(true);
      expect(cleanText(clean)).toBe(clean);
      if (isFit(text)) expect(clean).toBe(text);
    }),
  );
});

test('F7: no more is taken from a text than nobody can store or show', () => {
  expect(cleanText('Йога\0-мат \ud83d(2 м)\r\n\t«ї» \u{1f9d8} 100 % \u001b[31m')).toBe(
    'Йога-мат \ufffd(2 м)\r\n\t«ї» \u{1f9d8} 100 % [31m',
  );
});

test('F7: whatever goes in, a cut text fits, is clean, begins as the text does and says that something is missing', () => {
  fc.assert(
    fc.property(anyText, fc.nat({ max: 40 }), (text, max) => {
      const clean = cleanText(text);
      const cut = cutText(text, max);
      expect(cut.length).toBeLessThanOrEqual(max);
      expect(isFit(cut)).toBe(true);
      if (clean.length <= max) expect(cut).toBe(clean);
      else if (max > 0) expect([cut.at(-1), clean.startsWith(cut.slice(0, -1))]).toEqual(['…', true]);
    }),
  );
});

test('F7: a text is cut between two characters as people see them', () => {
  const segmenter = new Intl.Segmenter('uk');
  const boundaries = (text: string) => [...segmenter.segment(text)].map(({ index }) => index);
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 40 }), (text, max) => {
      const clean = cleanText(text);
      const kept = cutText(text, max).length - 1;
      const [, second = Infinity] = boundaries(clean);
      if (clean.length > max && second < max) expect(boundaries(clean)).toContain(kept);
    }),
  );
});

test.each([
  ['Недостатньо', 11, 'Недостатньо'],
  ['Недостатньо товару', 12, 'Недостатньо…'],
  ['ab\u{1f469}\u200d\u{1f4bb}cd', 6, 'ab…'],
  ['ab\u{1f469}\u200d\u{1f4bb}cd', 8, 'ab\u{1f469}\u200d\u{1f4bb}…'],
  ['\u{1f469}\u200d\u{1f4bb}cd', 4, '\u{1f469}\u200d…'],
  ['\u{1f469}\u200d\u{1f4bb}cd', 2, '…'],
  ['ab', 1, '…'],
  ['ab', 0, ''],
])('F7: %j cut at %d is %j', (text, max, expected) => {
  expect(cutText(text, max)).toBe(expected);
});

test('F7: a JSON value is cleaned through and through, names of members too, and is the same value where nothing is to be cleaned', () => {
  expect(cleanTexts({ 'na\0me': ['a\0', { uk: 'б\ud83d' }], qty: 2, none: null, flag: true })).toEqual({
    name: ['a', { uk: 'б\ufffd' }],
    qty: 2,
    none: null,
    flag: true,
  });
  const clean = { rows: [{ id: '1', name: 'Мат' }], at: new Date(0) };
  expect(cleanTexts(clean)).toBe(clean);
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) =>
      expect(JSON.stringify(cleanTexts(value))).not.toMatch(/(?<!\\)(?:\\\\)*\\u(?:00[01]|d[89a-f])/),
    ),
  );
});
