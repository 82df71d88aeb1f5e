import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runQuietly } from './child-process.mjs';
import { digestOf, listFiles } from './digest.mjs';
import { Failure } from './failure.mjs';
import { withLock } from './lock.mjs';
import { isMarked, mark } from './mark.mjs';
import { toolEnvironment } from './workspace.mjs';

/** Builds every project, unless nothing that is built from has changed. Nx would find that out too, in seconds instead of a fraction of one. */
export async function ensureBuilt(workspace) {
  const markFile = join(workspace.stateDir, 'built');
  if (isBuilt(workspace, markFile)) return;
  await withLock(join(workspace.stateDir, 'prepare.lock'), async () => {
    if (isBuilt(workspace, markFile)) return;
    console.error('Building …');
    const digest = buildInputs(workspace).digest;
    const { code, output } = await runQuietly(workspace.nx, ['run-many', '-t', 'build', '--parallel=2'], { cwd: workspace.root, env: toolEnvironment() });
    if (code !== 0) throw new Failure(`${output.trimEnd()}\n\nThe build failed; what the compiler says is above.`);
    mark(markFile, digest);
  });
}

function isBuilt(workspace, markFile) {
  const { digest, projects } = buildInputs(workspace);
  return isMarked(markFile, digest) && projects.every((project) => existsSync(workspace.path(project, 'dist')));
}

/** The projects that have something to build, and one digest over all that goes into it. */
function buildInputs(workspace) {
  const files = listFiles(workspace.root);
  const projects = files
    .filter((file) => file.endsWith('/package.json'))
    .filter((file) => JSON.parse(readFileSync(workspace.path(file), 'utf8')).nx?.targets?.build !== undefined)
    .map((file) => dirname(file));
  const sources = files.filter((file) => projects.some((project) => file.startsWith(`${project}/`)) && !/\.spec\.ts$/.test(file));
  return { projects, digest: digestOf(workspace.root, ['.swcrc', 'nx.json', 'pnpm-lock.yaml', 'tsconfig.base.json', ...sources]) };
}
