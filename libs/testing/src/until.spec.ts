import { until } from './until.js';

describe('until', () => {
  it('returns the first value that is neither false nor empty', async () => {
    const answers = [undefined, false, 0, 'there'];
    expect(await until(() => answers.shift(), { describe: 'an answer' })).toBe('there');
  });

  it('tells what it waited for and why it did not come', async () => {
    const refused = until(() => Promise.reject(new Error('connection refused')), { timeoutMs: 50, describe: 'the database answers' });
    await expect(refused).rejects.toThrow('Waited 50 ms for the database answers: last error: connection refused.');
    await expect(until(() => false, { timeoutMs: 10, describe: 'rain' })).rejects.toThrow('Waited 10 ms for rain: it never held.');
  });

  it('does not wait longer for a condition that never answers', async () => {
    await expect(until(() => new Promise<boolean>(() => undefined), { timeoutMs: 50, describe: 'an answer' })).rejects.toThrow('Waited 50 ms');
  });
});
