import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const NEVER_SOURCE = new Set(['node_modules', 'dist', 'reports']);

/** All files below a folder, sorted, as paths relative to it. Leaves out what is installed, built or hidden. */
export function listFiles(folder, below = '') {
  const entries = readdirSync(join(folder, below), { withFileTypes: true });
  const files = entries.flatMap((entry) => {
    const path = join(below, entry.name);
    if (entry.name.startsWith('.') || NEVER_SOURCE.has(entry.name)) return [];
    if (entry.isDirectory()) return listFiles(folder, path);
    return entry.isFile() ? [path] : [];
  });
  return files.sort();
}

/** One digest over names and contents: it changes when any file changes, appears, goes or is renamed. */
export function digestOf(folder, files, ...alsoCounts) {
  const hash = createHash('sha256');
  const add = (bytes) => hash.update(`${bytes.length}:`).update(bytes);
  for (const fact of alsoCounts) add(Buffer.from(fact));
  for (const file of files) {
    add(Buffer.from(file));
    add(readFileSync(join(folder, file)));
  }
  return hash.digest('hex');
}
