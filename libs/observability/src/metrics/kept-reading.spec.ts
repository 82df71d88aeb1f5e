import { keptReading } from './kept-reading.js';

const never = new Promise<number>(() => undefined);

describe('a kept reading', () => {
  it('is loaded once for all who ask at the same time, and again only when it is old', async () => {
    let loads = 0;
    const read = keptReading({ load: async () => (loads += 1), keepMs: 60_000, patienceMs: 1_000, onFailure: () => undefined });
    expect(await Promise.all([read(), read(), read()])).toEqual([1, 1, 1]);
    expect(await read()).toBe(1);
  });

  it('is loaded anew once it is old', async () => {
    let loads = 0;
    const read = keptReading({ load: async () => (loads += 1), keepMs: 0, patienceMs: 1_000, onFailure: () => undefined });
    expect([await read(), await read()]).toEqual([1, 2]);
  });

  it('is undefined after a failure, which is told once', async () => {
    const told: unknown[] = [];
    const read = keptReading({ load: () => Promise.reject(new Error('no')), keepMs: 60_000, patienceMs: 1_000, onFailure: (error) => told.push(error) });
    expect(await Promise.all([read(), read()])).toEqual([undefined, undefined]);
    expect(told).toEqual([new Error('no')]);
  });

  it('keeps nobody waiting for one that hangs, and does not begin another beside it', async () => {
    let loads = 0;
    const read = keptReading({ load: () => ((loads += 1), never), keepMs: 0, patienceMs: 5, onFailure: () => undefined });
    expect([await read(), await read()]).toEqual([undefined, undefined]);
    expect(loads).toBe(1);
  });
});
