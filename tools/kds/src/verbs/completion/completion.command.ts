import { Argument, Command } from 'commander';
import type { World } from '../../world.js';
import { completionScript, type Shell } from './completion-script.js';

/** `kds completion`: the script that a shell is to read at its start. */
export function completionCommand({ print }: World, program: () => Command): Command {
  return new Command('completion')
    .description('Print a script that lets the shell complete kds: `source <(kds completion bash)`')
    .addArgument(new Argument('<shell>', 'of yours').choices(['bash', 'zsh']))
    .action((shell: Shell) => print(completionScript(shell, program())));
}
