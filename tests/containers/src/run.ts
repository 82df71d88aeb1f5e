import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** What a program wrote on standard output. Rejects with the end of what it wrote on standard error. */
export async function run(command: string, args: readonly string[], options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {}): Promise<string> {
  try {
    return (await execute(command, args, { ...options, maxBuffer: 64 * 1024 * 1024 })).stdout;
  } catch (error) {
    const { stderr = '', message } = error as Error & { readonly stderr?: string };
    throw new Error(`${command} ${args.join(' ')} failed:\n${stderr.trim().split('\n').slice(-30).join('\n') || message}`, { cause: error });
  }
}
