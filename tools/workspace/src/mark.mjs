import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Whether the last finished run of a step was for this digest. */
export function isMarked(file, digest) {
  try {
    return readFileSync(file, 'utf8') === digest;
  } catch {
    return false;
  }
}

export function mark(file, digest) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, digest);
}
