import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runQuietly } from './child-process.mjs';
import { digestOf, listFiles } from './digest.mjs';
import { Failure } from './failure.mjs';
import { withLock } from './lock.mjs';
import { isMarked, mark } from './mark.mjs';
import { toolEnvironment } from './workspace.mjs';

const PNPM = 'pnpm@12';

/** Installs the packages that the lock file names, unless they are there. */
export async function ensureInstalled(workspace) {
  const digest = installDigest(workspace);
  // inside node_modules, so that the mark goes with what it vouches for
  const markFile = workspace.path('node_modules', '.kds-installed');
  if (isMarked(markFile, digest)) return;
  await withLock(join(workspace.stateDir, 'prepare.lock'), async () => {
    if (isMarked(markFile, digest)) return;
    console.error('Installing packages …');
    await install(workspace, existsSync(markFile));
    mark(markFile, digest);
  });
}

function installDigest(workspace) {
  const manifests = listFiles(workspace.root).filter((file) => file === 'package.json' || file.endsWith('/package.json'));
  return digestOf(workspace.root, ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests], process.platform, process.arch);
}

/** The workspace's own pnpm is used once an installation has been completed before; until then npm fetches one. */
async function install(workspace, installedBefore) {
  const [command, ...first] = installedBefore && existsSync(workspace.path('node_modules', '.bin', 'pnpm')) ? [workspace.path('node_modules', '.bin', 'pnpm')] : ['npx', '--yes', PNPM];
  const args = [...first, 'install', '--frozen-lockfile'];
  // CI: pnpm asks no questions
  const { code, output } = await runQuietly(command, args, { cwd: workspace.root, env: { ...toolEnvironment(), CI: 'true' } });
  if (code === 0) return;
  throw new Failure(
    [
      output.trimEnd(),
      '',
      `Packages could not be installed (${[command, ...args].join(' ')} ended with ${code}).`,
      'It needs npm and its registry (see `npm config get registry`), and free disk space of about 1.5 GB. Run the command again once that is mended;',
      'after an installation that was cut off, remove node_modules first.',
    ].join('\n'),
  );
}
