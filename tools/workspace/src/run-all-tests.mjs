import { readFileSync, rmSync } from 'node:fs';
import { spawnAndFollow } from './child-process.mjs';
import { describeSum, sumUp } from './sum-up.mjs';
import { toolEnvironment } from './workspace.mjs';

const END_TO_END = '@kds/e2e';
/** The workspace itself, whose script `test` is what runs us. */
const WORKSPACE = 'kds';

/** In this order; the last one alone, since it needs the machine for itself and its times. */
const STEPS = [
  ['-t', 'typecheck', 'lint', 'build'],
  ['-t', 'test', `--exclude=${END_TO_END},${WORKSPACE}`],
  ['-t', 'test', `--projects=${END_TO_END}`],
];

/** Runs type check, lint and every test of every project, shows them as they run, and sums them up. Resolves with the exit code. */
export async function runAllTests(workspace) {
  rmSync(workspace.path('reports'), { recursive: true, force: true });
  const tasks = [];
  for (const step of STEPS) tasks.push(...(await runStep(workspace, step)));
  const reports = Object.fromEntries(tasks.filter(({ target }) => target === 'test').map(({ project }) => [project, readJson(workspace.path('reports', `${project}.json`))]));
  const sum = sumUp(tasks, reports);
  console.log(describeSum(sum));
  return sum.failed.length === 0 && sum.passed > 0 ? 0 : 1;
}

/** What Nx ran in one step: `{ project, target, code }` each. Nx itself failing counts as a task of its own. */
async function runStep(workspace, selection) {
  const recordFile = workspace.path('.nx', 'cache', 'run.json');
  rmSync(recordFile, { force: true });
  const args = ['run-many', ...selection, '--parallel=2', '--outputStyle=static'];
  const code = await spawnAndFollow(workspace.nx, args, { cwd: workspace.root, env: toolEnvironment() });
  const ran = (readJson(recordFile)?.tasks ?? []).map((task) => ({ project: task.projectName, target: task.target, code: task.status }));
  const unexplained = code !== 0 && ran.every((task) => task.code === 0);
  return unexplained ? [...ran, { project: 'nx', target: selection.join(' '), code }] : ran;
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
