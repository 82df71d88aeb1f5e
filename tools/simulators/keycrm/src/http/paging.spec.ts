import { defaultSwitches } from '../switches.js';
import { between, parseApiQuery } from './api-query.js';
import { MissedRows } from './missed-rows.js';
import { driftedRows, driftOf } from './page-drift.js';
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
  expect([0, 30_000].map((now) => sliding.take(now, { form: 'sliding' }).passed)).toEqual([true, true]);
  expect(sliding.take(40_000, { form: 'sliding' })).toEqual({ passed: false, waitMs: 20_000, byOthers: false });
  expect([60_000, 60_001].map((now) => sliding.take(now, { form: 'sliding' }).passed)).toEqual([true, false]);

  const fixed = new RateWindow(2);
  const passed = [0, 30_000, 60_000, 60_001, 60_002].map((now) => fixed.take(now, { form: 'fixed' }).passed);
  expect(passed).toEqual([true, true, true, true, false]);
});

test.each(['sliding', 'fixed'] as const)('who shares a window is told that others left too little: %s', (form) => {
  const window = new RateWindow(3);
  const take = (by: string, unseen = 0) => window.take(0, { form, by, unseen });
  expect([take('a'), take('b', 1)]).toEqual([{ passed: true, left: 2 }, { passed: true, left: 0 }]);
  expect(take('a', 1)).toEqual({ passed: false, waitMs: 60_000, byOthers: true });
  expect(take('a', 3)).toEqual({ passed: false, waitMs: 60_000, byOthers: true });
  expect([take('a').passed, take('a')]).toEqual([true, expect.objectContaining({ byOthers: true })]);
});

describe('K7: a filter with a key inside', () => {
  const nested = 'filter[created_at][from]=2026-03-01&filter[sku]=A';

  test('is remembered by its name, or ignored', () => {
    const filters = new Map([['sku', 'A']]);
    expect(query(nested)).toMatchObject({ nestedFilters: ['created_at'], filters });
    expect(parseApiQuery(new URLSearchParams(nested), 'ignored')).toMatchObject({ nestedFilters: [], filters });
  });
});

describe('a list that changes while it is read', () => {
  const rows = [1, 2, 3, 4, 5, 6];
  const read = (page: number, how: string, count = 1) => {
    const drifted = driftedRows(rows, page, driftOf({ how, rows: count }));
    return pageOf(drifted, { page, limit: 2, url: '/order' });
  };

  test('rows inserted before a page make it repeat, rows deleted before it make it miss', () => {
    expect(read(2, 'inserted')).toMatchObject({ data: [2, 3], total: 7, last_page: 4 });
    expect(read(2, 'deleted')).toMatchObject({ data: [4, 5], total: 5 });
    expect(read(3, 'deleted', 2).data).toEqual([]);
    for (const how of ['inserted', 'deleted']) expect(read(1, how)).toMatchObject({ data: [1, 2], total: 6 });
  });

  test('rows in another order', () => {
    expect([read(1, 'reordered').data, read(2, 'reordered').data]).toEqual([[6, 5], [4, 3]]);
    expect(driftedRows(rows, 2, undefined)).toBe(rows);
  });

  test.each<[unknown]>([
    [undefined],
    [{ how: 'moved' }],
    [{ how: 'inserted', rows: 0 }],
    [{ how: 'inserted', rows: '2' }],
  ])('%j is no drift', (detail) => {
    expect(() => driftOf(detail)).toThrow(RangeError);
  });
});

describe('a row that a pass does not meet', () => {
  const rows = [{ id: 1 }, { id: 2 }, { id: 3 }];
  const met = (missed: MissedRows, text: string, operation = 'GET /offers') =>
    missed.meet(operation, query(text), rows).map(({ id }) => id);

  test('is missed by every page of one pass and met by the next', () => {
    const missed = new MissedRows();
    missed.add({ operation: 'GET /offers', id: 2, passes: 1 });
    expect([met(missed, 'page=1'), met(missed, 'page=2'), met(missed, 'page=1')]).toEqual([[1, 3], [1, 3], [1, 2, 3]]);
  });

  test('is missed by the rest of a pass that had begun, and by several passes', () => {
    const missed = new MissedRows();
    missed.add({ operation: 'GET /offers', id: 2, passes: 2 });
    const pages = ['page=2', 'page=1', 'page=2', 'page=1'];
    expect(pages.map((page) => met(missed, page).length)).toEqual([2, 2, 2, 3]);
  });

  test('is found by who asks for it, and in other lists', () => {
    const missed = new MissedRows();
    missed.add({ operation: 'GET /offers', id: 2, passes: 1 });
    expect(met(missed, 'filter[id]=2')).toEqual([1, 2, 3]);
    expect(met(missed, 'page=1', 'GET /offers/stocks')).toEqual([1, 2, 3]);
    expect(met(missed, 'page=1')).toEqual([1, 3]);
    missed.clear();
    expect(met(missed, 'page=2')).toEqual([1, 2, 3]);
  });
});
