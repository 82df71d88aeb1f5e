import { decideRun, judgePriceRun, judgeSnapshot, judgeStockRun, type RunStanding } from './judge-run.js';

const guards = { maxZeroedShare: 0.3, maxPriceChange: 0.5, maxPriceChangedShare: 0.5, minSnapshotShare: 0.5 };

test.each([
  [{ rows: 100, lastRows: null }, undefined],
  [{ rows: 0, lastRows: 0 }, undefined],
  [{ rows: 50, lastRows: 100 }, undefined],
  [{ rows: 49, lastRows: 100 }, 'snapshot-shrunken'],
  [{ rows: 0, lastRows: 1 }, 'snapshot-shrunken'],
])('B7: a snapshot %j → %s', (stats, reason) => {
  expect(judgeSnapshot(stats, guards)?.reason).toBe(reason);
});

test.each([
  [{ inStock: 10, zeroed: 3 }, undefined],
  [{ inStock: 10, zeroed: 4 }, 'too-many-zeroed'],
  [{ inStock: 0, zeroed: 0 }, undefined],
])('B7: a stock run %j → %s', (stats, reason) => {
  expect(judgeStockRun(stats, guards)?.reason).toBe(reason);
});

test.each([
  [{ priced: 10, changed: 5, largestChange: 0.5 }, undefined],
  [{ priced: 10, changed: 1, largestChange: 0.51 }, 'price-jump'],
  [{ priced: 10, changed: 6, largestChange: 0.1 }, 'too-many-prices-changed'],
])('B7: a price run %j → %s', (stats, reason) => {
  expect(judgePriceRun(stats, guards)?.reason).toBe(reason);
});

test.each<[string, RunStanding, number, string]>([
  ['is held', { kind: 'free' }, 4, 'hold'],
  ['stays held', { kind: 'held' }, 4, 'hold'],
  ['is applied when it looks right', { kind: 'held' }, 3, 'apply looks-right'],
  ['is applied when it was released', { kind: 'released', shown: { inStock: 10, zeroed: 4 } }, 4, 'apply released'],
  ['is held again when it is worse than what was released', { kind: 'released', shown: { inStock: 10, zeroed: 4 } }, 6, 'hold'],
  ['is left when it was dropped', { kind: 'dropped', fingerprint: '4' }, 4, 'leave dropped'],
  ['is held when it is not what was dropped', { kind: 'dropped', fingerprint: '5' }, 4, 'hold'],
])('B7: a run %s', (_what, standing, zeroed, expected) => {
  const verdict = decideRun({ judge: (limits) => judgeStockRun({ inStock: 10, zeroed }, limits), guards, standing, fingerprint: String(zeroed) });
  expect([verdict.kind, 'reason' in verdict ? verdict.reason : ''].join(' ').trim()).toBe(expected);
});
