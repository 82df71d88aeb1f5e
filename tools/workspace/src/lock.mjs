import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 200;
/** A lock file without a process id is being written at this moment, or its writer died just then. */
const WRITTEN_WITHIN_MS = 5_000;

/** Does the work while no other process on this machine does work under the same lock. The lock of a dead process is taken over. */
export async function withLock(file, work, say = console.error) {
  mkdirSync(dirname(file), { recursive: true });
  for (let attempt = 0; !take(file); attempt += 1) {
    if (isAbandoned(file)) rmSync(file, { force: true });
    else {
      if (attempt === 0) say('Another process is preparing this workspace: waiting for it.');
      await pause(POLL_MS);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function isAbandoned(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    if (pid === 0) return Date.now() - statSync(file).mtimeMs > WRITTEN_WITHIN_MS;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH'; // gone meanwhile, or another user's process: not ours to take
  }
}
