interface Sum {
  readonly passed: number;
  readonly failed: readonly string[];
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}

interface SumUp {
  sumUp(tasks: readonly object[], reports: Readonly<Record<string, unknown>>): Sum;
  describeSum(sum: Sum): string;
}

const { sumUp, describeSum } = (await import(new URL('./sum-up.mjs', import.meta.url).pathname)) as SumUp;

const suite = (...tests: readonly (readonly [status: string, fullName: string])[]) => ({
  name: 'some.spec.ts',
  status: tests.some(([status]) => status === 'failed') ? 'failed' : 'passed',
  message: '',
  assertionResults: tests.map(([status, fullName]) => ({ status, fullName })),
});
const test = (project: string, code = 0) => ({ project, target: 'test', code });

describe('the sum of all tests', () => {
  it('counts each test, type check and lint run, and a build only when it fails', () => {
    const tasks = [
      { project: 'kds', target: 'typecheck', code: 0 },
      { project: '@kds/kernel', target: 'lint', code: 1 },
      { project: '@kds/kernel', target: 'build', code: 0 },
      { project: '@kds/tenancy', target: 'build', code: 1 },
      test('@kds/kernel', 1),
    ];
    const report = { testResults: [suite(['passed', 'money adds up'], ['failed', 'money is spread'])] };
    expect(sumUp(tasks, { '@kds/kernel': report })).toEqual({
      passed: 2,
      failed: ['@kds/kernel: lint', '@kds/tenancy: build', '@kds/kernel: money is spread'],
      skipped: [],
    });
  });

  it('tells why a test was skipped', () => {
    const report = { testResults: [suite(['pending', 'containers start [skipped: no Docker engine]'], ['todo', 'a plan'], ['pending', 'no word'])] };
    expect(sumUp([test('a')], { a: report }).skipped).toEqual([
      { name: 'a: containers start', reason: 'no Docker engine' },
      { name: 'a: a plan', reason: 'still to be written' },
      { name: 'a: no word', reason: 'no reason given' },
    ]);
  });

  it('counts as failed what could not even say so', () => {
    const broken = { name: 'broken.spec.ts', status: 'failed', message: '\u001b[1m  SyntaxError: Unexpected token\u001b[22m\n at …', assertionResults: [] };
    expect(sumUp([test('a', 1), test('b', 1), test('c')], { a: { testResults: [broken] }, b: { testResults: [suite(['passed', 'fine'])] } })).toEqual({
      passed: 1,
      failed: [
        'a: broken.spec.ts did not run: SyntaxError: Unexpected token',
        'b: the tests ended with code 1, though none of them failed',
        'c: the tests wrote no report',
      ],
      skipped: [],
    });
  });

  it('ends with the sum alone on the last line', () => {
    expect(describeSum({ passed: 7, failed: [], skipped: [] }).split('\n')).toEqual(['', '7 passed, 0 failed']);
    const lines = describeSum({ passed: 7, failed: ['a: x'], skipped: [{ name: 'b: y', reason: 'no Docker engine' }] }).split('\n');
    expect(lines).toEqual(['', 'Skipped:', '  b: y (no Docker engine)', '', 'Failed:', '  a: x', '', '7 passed, 1 failed, 1 skipped']);
  });
});
