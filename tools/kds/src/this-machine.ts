import { userInfo } from 'node:os';
import type { World } from './world.js';

export function thisMachine(): World {
  return {
    env: process.env,
    width: process.stdout.columns ?? Infinity,
    operator: operatorName(),
    now: () => new Date(),
    print: (text) => void process.stdout.write(text),
    complain: (text) => void process.stderr.write(text),
  };
}

/** A container may run as a number that no name belongs to. */
function operatorName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
