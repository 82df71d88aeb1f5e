import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import type { Manifest } from './manifest.js';

export const workspace = resolve(import.meta.dirname, '..', '..', '..');

const tools = [['kubectl', 'kustomize'], ['kustomize', 'build']] as const;
const tool = tools.find(([command]) => isInstalled(command));

/** For `itUnless`: why nothing can be rendered on this machine. */
export const rendererMissing = tool === undefined ? 'neither kubectl nor kustomize is installed: https://kubernetes.io/docs/tasks/tools/' : undefined;

function isInstalled(command: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${command}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** What `kubectl apply --kustomize` would send for a folder of the workspace; nothing where there is no renderer. Throws with kustomize's words. */
export function render(folder: string): readonly Manifest[] {
  if (tool === undefined) return [];
  const text = execFileSync(tool[0], [tool[1], join(workspace, folder)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 * 1024 * 1024 });
  return readYaml(text);
}

export function readYaml(text: string): readonly Manifest[] {
  return parseAllDocuments(text, { merge: true }).map((document) => document.toJS() as Manifest);
}

/** The same for an overlay that nobody keeps. Paths in it are from the root of the workspace. */
export function renderOverlay(overlay: { readonly resources: readonly string[]; readonly components?: readonly string[] }): readonly Manifest[] {
  const folder = mkdtempSync(join(tmpdir(), 'kds-overlay-'));
  const from = (path: string) => relative(folder, join(workspace, path));
  try {
    writeFileSync(join(folder, 'kustomization.yaml'), stringify({ namespace: 'kds', resources: overlay.resources.map(from), components: (overlay.components ?? []).map(from) }));
    return render(relative(workspace, folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
