import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Manifests, type ManifestFile, unreadable } from '../read-manifests/read-manifests.js';

/** One file as it was when it was last looked at. `stamp` changes when the file may have, `digest` when its content has. */
export interface FileSeen {
  readonly stamp: string;
  readonly digest: string;
  /** When it came to stand there as it is, in microseconds of the epoch, by the clock of the file system. */
  readonly changedAt: number;
  readonly manifests: Manifests;
}

export type FilesSeen = ReadonlyMap<string, FileSeen>;

export interface ReadDirectoryOptions {
  readonly directory: string;
  /** The last look: files that did not change since are not read again. */
  readonly before: FilesSeen;
  readonly read: (file: ManifestFile) => Manifests;
}

/** A file whose content changed this shortly before a look may change again within the same time stamp. */
const stampResolutionMs = 2_000;

/**
 * Reads all manifests at and below a directory, by path. Hidden files and folders are left out; links are followed. A file or folder inside
 * that can not be read is one with a problem. Throws only when the directory itself can not be listed.
 */
export async function readDirectory(options: ReadDirectoryOptions): Promise<FilesSeen> {
  const seen = new Map<string, FileSeen>();
  await readFolder(options.directory, { ...options, seen, visited: new Set(), since: 0 });
  return seen;
}

export function sameFiles(a: FilesSeen, b: FilesSeen): boolean {
  return a.size === b.size && [...a].every(([path, { digest }]) => b.get(path)?.digest === digest);
}

interface Walk extends ReadDirectoryOptions {
  readonly seen: Map<string, FileSeen>;
  /** Real paths of folders, so that links can not lead round in circles. */
  readonly visited: Set<string>;
  /** When something last came into a folder on the way, or left it. */
  readonly since: number;
}

async function readFolder(folder: string, walk: Walk): Promise<void> {
  const real = await realpath(folder);
  if (walk.visited.has(real)) return;
  walk.visited.add(real);
  const since = Math.max(walk.since, await changedAt(folder));
  for (const name of (await readdir(folder)).filter((entry) => !entry.startsWith('.')).sort()) {
    await readEntry(join(folder, name), { ...walk, since });
  }
}

async function readEntry(path: string, walk: Walk): Promise<void> {
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) await readFolder(path, walk);
    else if (stats.isFile() && /\.(ya?ml|json)$/.test(path)) walk.seen.set(path, await readIfChanged(path, stats, walk));
  } catch (error) {
    if (isGone(error)) return;
    const reason = `can not be read (${codeOf(error)}); check its permissions and content`;
    walk.seen.set(path, { stamp: '', digest: reason, changedAt: walk.since, manifests: unreadable(path, reason) });
  }
}

/** Of a link also when it came to point there. The time of the last change to the entry itself: unlike that of its content, nobody can set it. */
async function changedAt(path: string): Promise<number> {
  const [link, target] = await Promise.all([lstat(path), stat(path)]);
  return Math.floor(Math.max(link.ctimeMs, target.ctimeMs) * 1_000);
}

async function readIfChanged(path: string, stats: Stats, { before, read, since }: Walk): Promise<FileSeen> {
  const known = before.get(path);
  const stamp = [stats.ino, stats.size, stats.mtimeMs, stats.ctimeMs].join(' ');
  if (known?.stamp === stamp && Date.now() - stats.ctimeMs > stampResolutionMs) return known;
  const text = await readFile(path, 'utf8');
  const digest = createHash('sha256').update(text).digest('hex');
  return { stamp, digest, changedAt: Math.max(since, await changedAt(path)), manifests: known?.digest === digest ? known.manifests : read({ text, file: path }) };
}

/** Also true of a link that leads nowhere, or in circles. */
export function isGone(error: unknown): boolean {
  return ['ENOENT', 'ELOOP'].includes(codeOf(error));
}

/** The kind of error only: a message could quote the file. */
function codeOf(error: unknown): string {
  const { code, name } = error as { readonly code?: string; readonly name?: string };
  return code ?? name ?? 'unknown error';
}
