import { defaultSwitches } from '../switches.js';
import { between, parseApiQuery } from './api-query.js';
import { moreOf, pageOf } from './paging.js';
import { RateWindow } from './rate-window.js';

const query = (text: string) => parseApiQuery(new URLSearchParams(text));

test('a page is a window by offset', () => {
  const rows = Array.from({ length: 73 }, (_, index) => index);
  const url = 'http://host/v1/order';
  expect(pageOf(rows, { page: 2, limit: 50, url })).toEqual({
    total: 73,
    current_page: 2,
    per_page: 50,
    last_page: 2,
    first_page_url: `${url}?page=1`,
    last_page_url: `${url}?page=2`,
    next_page_url: null,
    data: rows.slice(50),
  });
  expect(pageOf(rows, { page: 3, limit: 50, url }).data).toEqual([]);
  expect(pageOf([], { page: 1, limit: 15, url })).toMatchObject({ total: 0, last_page: 1, data: [] });
});

test('a page may have what such pages usually have', () => {
  const rows = Array.from({ length: 73 }, (_, index) => index);
  const more = (page: number) => moreOf(pageOf(rows, { page, limit: 50, url: '/order' }), '/order');
  expect(more(2)).toEqual({ prev_page_url: '/order?page=1', from: 51, to: 73, path: '/order' });
  expect(more(3)).toMatchObject({ from: null, to: null });
});

test('the limit is 15 unless given and never above 50', () => {
  expect([query('').limit, query('limit=7').limit, query('limit=500').limit, query('limit=-1').limit, query('perPage=40').limit]).toEqual([15, 7, 50, 15, 15]);
});

test('filters and includes are taken apart', () => {
  const { filters, include } = query('filter[sku]=A-1,A-2&include=customFields, buyer');
  expect([...filters]).toEqual([['sku', 'A-1,A-2']]);
  expect(include).toEqual(['custom_fields', 'buyer']);
});

test('a range holds its bounds or not', () => {
  const at = new Date('2026-03-01T08:00:00Z');
  const asked = query('filter[updated_between]=2026-03-01 08:00:00,+2026-03-01 09:00:00');
  expect(between(asked, 'updated_between', { ...defaultSwitches, rangeBounds: 'inclusive' })(at)).toBe(true);
  expect(between(asked, 'updated_between', { ...defaultSwitches, rangeBounds: 'exclusive' })(at)).toBe(false);
});

test('a date alone ends at midnight or at the end of the day', () => {
  const noon = new Date('2026-03-02T12:00:00Z');
  const asked = query('filter[updated_between]=2026-03-01,2026-03-02');
  expect(between(asked, 'updated_between', { ...defaultSwitches, dateOnlyEnd: 'midnight' })(noon)).toBe(false);
  expect(between(asked, 'updated_between', { ...defaultSwitches, dateOnlyEnd: 'end-of-day' })(noon)).toBe(true);
});

test('the sliding window frees one place at a time, the fixed one all at once', () => {
  const sliding = new RateWindow(2);
  expect([0, 30_000].map((now) => sliding.take(now, 'sliding').passed)).toEqual([true, true]);
  expect(sliding.take(40_000, 'sliding')).toEqual({ passed: false, waitMs: 20_000 });
  expect([60_000, 60_001].map((now) => sliding.take(now, 'sliding').passed)).toEqual([true, false]);

  const fixed = new RateWindow(2);
  expect([0, 30_000, 60_000, 60_001, 60_002].map((now) => fixed.take(now, 'fixed').passed)).toEqual([true, true, true, true, false]);
});
