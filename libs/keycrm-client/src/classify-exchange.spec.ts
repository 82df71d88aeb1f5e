import { cleanTexts } from '@kds/kernel';
import fc from 'fast-check';
import { classifyExchange, readRetryAfter } from './classify-exchange.js';
import { plainText } from './plain-text.js';

const now = Date.parse('2026-03-01T10:00:00Z');

test.each([
  ['30', 30_000],
  [' 7 ', 7_000],
  ['0', 5_000],
  [undefined, undefined],
  ['', undefined],
  ['soon', undefined],
  ['-4', undefined],
  ['Sun, 01 Mar 2026 10:00:20 GMT', 20_000],
  ['Sun, 01 Mar 2026 09:00:00 GMT', 5_000],
  ['nonsense GMT', undefined],
  ['99999999999', 600_000],
])('Retry-After %p waits %p ms', (text, waitMs) => {
  expect(readRetryAfter(text, now)).toBe(waitMs);
});

test('throttling says how long to wait, for reads and writes alike', () => {
  const exchange = { sentAt: now, latencyMs: 1, body: '', head: { status: 429, contentType: '', retryAfter: '12' } };
  for (const write of [true, false]) {
    expect(classifyExchange(exchange, { write, now, redact: (text) => text })).toMatchObject({ kind: 'failed', failure: { code: 'throttled' }, retryAfterMs: 12_000 });
  }
});

test('a read is never in doubt, nor a write that did not leave; a write that left without a clear answer always is', () => {
  const head = fc.option(fc.record({ status: fc.integer({ min: 200, max: 599 }), contentType: fc.constantFrom('', 'text/html', 'application/json') }), { nil: undefined });
  const problem = fc.constantFrom(undefined, 'timeout' as const, 'connection-lost' as const, 'too-large' as const);
  const sentAt = fc.constantFrom(undefined, now);
  fc.assert(
    fc.property(fc.record({ head, problem, sentAt, body: fc.string() }), fc.boolean(), (came, write) => {
      const { kind } = classifyExchange({ ...came, latencyMs: 1 }, { write, now, redact: (text) => text });
      if (!write || came.sentAt === undefined) expect(kind).not.toBe('unknown');
      else expect(kind === 'failed').toBe(came.head?.status === 429);
    }),
  );
});

test('words are one plain line of at most 300 characters', () => {
  expect(plainText('<p>one</p>\n<script>two()</script><br/>three\u0000 <unclosed', (text) => text)).toBe('one three');
  fc.assert(fc.property(fc.string({ maxLength: 2000 }), (text) => {
    const words = plainText(text, (each) => each);
    expect(words.length).toBeLessThanOrEqual(300);
    expect(words).not.toMatch(/[\n<]/);
  }));
});

const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 500 }), fc.array(fc.constantFrom('\0', '\ud83d', '\u{1f9d8}', '\u001b', '<b>', 'слово '), { maxLength: 200 }).map((parts) => parts.join('')));

test('F7: whatever KeyCRM says, and of whatever field, its reason is whole, fits a screen and can be kept', () => {
  fc.assert(
    fc.property(anyText, anyText, (text, field) => {
      const exchange = { sentAt: now, latencyMs: 1, body: JSON.stringify({ message: text, errors: { [field]: [text] } }), head: { status: 422, contentType: 'application/json' } };
      const answer = classifyExchange(exchange, { write: true, now, redact: (each) => each });
      expect(answer.kind).toBe('rejected');
      expect(cleanTexts(answer)).toBe(answer);
      expect(answer.kind === 'rejected' && answer.failure.message.length).toBeLessThanOrEqual(400);
    }),
  );
});

test('F7: a reason is cut between two characters, and says so', () => {
  expect(plainText(`${'я'.repeat(298)}\u{1f9d8}${'я'.repeat(50)}`, (text) => text)).toBe(`${'я'.repeat(298)}…`);
});
