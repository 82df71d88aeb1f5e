import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program on our terminal and passes signals on to it. Resolves with its exit code, 128 + n when signal n ended it.
 * On Ctrl-C the program gets the signal twice, from the terminal and from us: programs that run here take a second one calmly.
 */
export function spawnAndFollow(command, args, options) {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  const passOn = (signal) => child.kill(signal);
  for (const signal of PASSED_ON) process.on(signal, passOn);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      for (const name of PASSED_ON) process.off(name, passOn);
      resolve(signal === null ? code : 128 + constants.signals[signal]);
    });
  });
}

/** Runs a program whose output matters only when it fails. Resolves with its exit code (127: there is no such program) and all that it said. */
export function runQuietly(command, args, options) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve, reject) => {
    child.once('error', (error) => (error.code === 'ENOENT' ? resolve({ code: 127, output: `${command}: not found` }) : reject(error)));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
