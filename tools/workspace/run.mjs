/**
 * The one way in from a clean clone: `node tools/workspace/run.mjs <target> [arguments]`, on any Node.js from 18 on.
 *
 * Installs and builds what is missing or out of date, then runs the target on the workspace's own Node.js. Nothing here may import a package.
 */
import { spawnAndFollow } from './src/child-process.mjs';
import { ensureBuilt } from './src/ensure-built.mjs';
import { ensureInstalled } from './src/ensure-installed.mjs';
import { Failure } from './src/failure.mjs';
import { workspace } from './src/workspace.mjs';
import { writeRequirementsPage } from './src/write-requirements-page.mjs';

const script = (path) => async (args) => {
  await ensureInstalled(workspace);
  await ensureBuilt(workspace);
  return spawnAndFollow(workspace.node, [workspace.path(path), ...args], { env: process.env });
};

const targets = {
  /** Installs and builds, and runs nothing. */
  prepare: async () => {
    await ensureInstalled(workspace);
    await ensureBuilt(workspace);
    return 0;
  },
  start: script('tools/demo/dist/main.js'),
  bench: ([name, ...args]) => {
    if (!/^[a-z0-9-]+$/.test(name ?? '')) throw new Failure('Which benchmark? Usage: bench <name>');
    return script(`tools/bench/dist/${name}.js`)(args);
  },
  matrix: script('tests/e2e/dist/switch-matrix.js'),
  requirements: () => writeRequirementsPage(workspace),
  test: async () => {
    await ensureInstalled(workspace);
    const { runAllTests } = await import('./src/run-all-tests.mjs');
    return runAllTests(workspace);
  },
  /** The images and docker-compose.yml on a Docker engine. Not among all the tests: it takes minutes, and an engine. */
  'test:docker': async () => {
    await ensureInstalled(workspace);
    const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--rootDir', 'tests/containers', '--config', 'jest.config.mjs', '--verbose'];
    return spawnAndFollow(workspace.node, jest, { cwd: workspace.root, env: process.env });
  },
};

const [name, ...args] = process.argv.slice(2);
try {
  const target = Object.hasOwn(targets, name ?? '') ? targets[name] : undefined;
  if (target === undefined) throw new Failure(`Usage: node tools/workspace/run.mjs ${Object.keys(targets).join('|')} [arguments]`);
  process.exitCode = await target(args);
} catch (error) {
  console.error(error instanceof Failure ? error.message : error);
  process.exitCode = 1;
}
