import { execFile, spawn } from 'node:child_process';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import type { LintAnswer, LintRequest, PlantedText } from './planted-text.js';

export const workspace = resolve(import.meta.dirname, '..', '..', '..');

/** Lints texts with the workspace's own configuration, all in one child process. */
export async function lintPlanted(texts: readonly PlantedText[]): Promise<LintAnswer> {
  await ensureProjectGraph();
  const child = spawn(process.execPath, ['--no-warnings', join(import.meta.dirname, 'lint-texts.ts')], { cwd: workspace, stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, NX_DAEMON: 'false' } });
  child.stdin.end(JSON.stringify({ workspace, texts } satisfies LintRequest));
  const [said, complained] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (said === '') throw new Error(`the texts could not be linted: ${complained}`);
  return JSON.parse(said) as LintAnswer;
}

/** Nx's rule is silent without the graph of projects, which any Nx command leaves in its cache. */
async function ensureProjectGraph(): Promise<void> {
  const cache = process.env['NX_WORKSPACE_DATA_DIRECTORY'] ?? join(workspace, '.nx', 'workspace-data');
  if (await access(join(cache, 'project-graph.json')).then(() => true, () => false)) return;
  const folder = await mkdtemp(join(tmpdir(), 'kds-graph-'));
  try {
    await promisify(execFile)(join(workspace, 'node_modules', '.bin', 'nx'), ['graph', `--file=${join(folder, 'graph.json')}`], { cwd: workspace, env: { ...process.env, NX_DAEMON: 'false' } });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
