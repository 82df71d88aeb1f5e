import type { Command } from 'commander';

export type Shell = 'bash' | 'zsh';

/** What may follow a chain of commands (`held release`): the names of subcommands, arguments that are known words, options. */
interface Level {
  readonly path: string;
  readonly words: readonly string[];
}

/** A script for the shell, made from the program's own commands. It never starts the program. */
export function completionScript(shell: Shell, program: Command): string {
  return shell === 'bash' ? bashScript(levelsOf(program, '')) : zshScript(levelsOf(program, ''));
}

function levelsOf(command: Command, path: string): readonly Level[] {
  const words = [
    ...command.commands.map((each) => each.name()),
    ...command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
    ...command.options.flatMap(({ long }) => long ?? []),
    '--help',
  ];
  return [{ path, words }, ...command.commands.flatMap((each) => levelsOf(each, `${path}/${each.name()}`))];
}

/** One branch a level; a word that is no command (a tenant's name, an option) leaves the path as it is. */
function bashScript(levels: readonly Level[]): string {
  return `_kds() {
  local word path= cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}"
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$path/$word" in ${pathPattern(levels)}) path="$path/$word" ;; esac
  done
  case "$prev" in --state|--tenants) COMPREPLY=($(compgen -d -- "$cur")); return ;; esac
  case "$path" in
${levels.map(({ path, words }) => `    "${path}") COMPREPLY=($(compgen -W "${words.join(' ')}" -- "$cur")) ;;`).join('\n')}
  esac
}
complete -o nosort -F _kds kds ./kds
`;
}

function zshScript(levels: readonly Level[]): string {
  return `#compdef kds
_kds() {
  local word path_=
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$path_/$word" in (${pathPattern(levels)}) path_="$path_/$word" ;; esac
  done
  case "$words[CURRENT-1]" in (--state|--tenants) _files -/; return ;; esac
  case "$path_" in
${levels.map(({ path, words }) => `    ("${path}") compadd -- ${words.join(' ')} ;;`).join('\n')}
  esac
}
compdef _kds kds ./kds
`;
}

function pathPattern(levels: readonly Level[]): string {
  return levels.flatMap(({ path }) => (path === '' ? [] : [path])).join('|');
}
