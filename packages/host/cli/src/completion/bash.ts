import { allCommands, type CompletedCommand, type Values } from './command-tree.js';
import { quoted } from './quoted.js';
import { stepsTo } from './steps-to.js';

/** A function for bash 3.2 and later that completes `archon`. */
export function bashScript(program: CompletedCommand): string {
  const commands = allCommands(program);
  return `# completion of archon for bash: eval "$(archon completion bash)"
_archon() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" path="" word index
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="\${COMP_WORDS[index]}"
    case "$path $word" in
${stepsTo(commands, 'path')}
    esac
  done
  case "$path" in
${commands.map(branch).join('\n')}
  esac
}
complete -F _archon archon
`;
}

function branch({ path, flags, takes, commands }: CompletedCommand): string {
  const taking = flags.filter((flag) => flag.takes !== undefined);
  const cases = taking.map(({ flag, takes: values }) => `        ${flag}) ${reply(values)} return ;;`);
  const words = commands.map((command) => command.path.at(-1) ?? '');
  const names = words.length > 0 ? [reply({ kind: 'words', words })] : [];
  return `    ${quoted(path.join(' '))})
      case "$prev" in
${[...cases, '        *) ;;'].join('\n')}
      esac
      if [[ "$cur" == -* ]]; then ${reply({ kind: 'words', words: flags.map(({ flag }) => flag) })}
      else :; ${[...names, ...takes.map(reply)].join(' ')}
      fi ;;`;
}

/** Adds what may stand in a place and begins as what is there. */
function reply(values: Values | undefined): string {
  const add = (what: string): string =>
    `while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen ${what} -- "$cur");`;
  const files = 'compopt -o filenames 2>/dev/null;';
  switch (values?.kind) {
    case 'words':
      return add(`-W ${quoted(values.words.join(' '))}`);
    case 'folders':
      return `${files} ${add('-d')}`;
    case 'files':
      if (values.endings.length === 0) return `${files} ${add('-f')}`;
      return [files, ...values.endings.map((ending) => add(`-f -X '!*.${ending}'`)), add('-d')].join(' ');
    default:
      return '';
  }
}
