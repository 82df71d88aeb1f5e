const REASON = / \[skipped: (.+)\]$/;
const COLOURS = /\u001b\[[0-9;]*m/g;

/**
 * Adds up what ran.
 *
 * @param tasks `{ project, target, code }`: a type check and a lint run count as one test each; a build counts only when it fails
 * @param reports Jest's JSON report of each project whose tests ran, undefined where it wrote none
 * @returns `{ passed: number, failed: string[], skipped: { name, reason }[] }`
 */
export function sumUp(tasks, reports) {
  const sum = { passed: 0, failed: [], skipped: [] };
  for (const { project, target, code } of tasks) {
    if (target === 'test') addReport(sum, { project, code, report: reports[project] });
    else if (code !== 0) sum.failed.push(`${project}: ${target}`);
    else if (target !== 'build') sum.passed += 1;
  }
  return sum;
}

function addReport(sum, { project, code, report }) {
  const failedBefore = sum.failed.length;
  if (report === undefined) sum.failed.push(`${project}: the tests wrote no report`);
  for (const suite of report?.testResults ?? []) addSuite(sum, project, suite);
  if (code !== 0 && sum.failed.length === failedBefore) sum.failed.push(`${project}: the tests ended with code ${code}, though none of them failed`);
}

function addSuite(sum, project, suite) {
  const failedBefore = sum.failed.length;
  for (const { status, fullName } of suite.assertionResults) {
    if (status === 'passed') sum.passed += 1;
    else if (status === 'failed') sum.failed.push(`${project}: ${fullName}`);
    else sum.skipped.push({ name: `${project}: ${fullName.replace(REASON, '')}`, reason: REASON.exec(fullName)?.[1] ?? (status === 'todo' ? 'still to be written' : 'no reason given') });
  }
  if (suite.status === 'failed' && sum.failed.length === failedBefore) {
    sum.failed.push(`${project}: ${suite.name} did not run: ${firstLine(suite.message)}`);
  }
}

function firstLine(message) {
  return message.replace(COLOURS, '').trim().split('\n')[0];
}

/** The end of the output: what was skipped and why, what failed, and the sum as the very last line. */
export function describeSum({ passed, failed, skipped }) {
  const lines = [];
  if (skipped.length > 0) lines.push('', 'Skipped:', ...skipped.map(({ name, reason }) => `  ${name} (${reason})`));
  if (failed.length > 0) lines.push('', 'Failed:', ...failed.map((name) => `  ${name}`));
  const sum = `${passed} passed, ${failed.length} failed`;
  return [...lines, '', skipped.length > 0 ? `${sum}, ${skipped.length} skipped` : sum].join('\n');
}
