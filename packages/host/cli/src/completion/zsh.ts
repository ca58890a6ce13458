import { allCommands, type CompletedCommand, type Values } from './command-tree.js';
import { quoted } from './quoted.js';
import { stepsTo } from './steps-to.js';

/** A function for zsh that completes `archon`. */
export function zshScript(program: CompletedCommand): string {
  const commands = allCommands(program);
  return `#compdef archon
# completion of archon for zsh: source <(archon completion zsh), after compinit
_archon() {
  local path_of="" word prev="\${words[CURRENT-1]}"
  local -a found
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$path_of $word" in
${stepsTo(commands, 'path_of')}
    esac
  done
  case "$path_of" in
${commands.map(branch).join('\n')}
  esac
}
compdef _archon archon
`;
}

function branch({ path, flags, takes, commands }: CompletedCommand): string {
  const cases = flags.flatMap(({ flag, takes: values }) => {
    return values === undefined ? [] : [`        ${flag}) ${offer(values)}; return ;;`];
  });
  const names = commands.map((command) => described(command.path.at(-1) ?? '', command.description));
  const inner = names.length > 0 ? [`found=(${names.join(' ')}); _describe command found`] : [];
  return `    ${quoted(path.join(' '))})
      case "$prev" in
${[...cases, '        *) ;;'].join('\n')}
      esac
      if [[ "$PREFIX" == -* ]]; then
        found=(${flags.map(({ flag, description }) => described(flag, description)).join(' ')}); _describe option found
      else
        ${[...inner, ...takes.map(offer), ':'].join('; ')}
      fi ;;`;
}

/** Offers what may stand in a place. */
function offer(values: Values): string {
  switch (values.kind) {
    case 'words':
      return `compadd -- ${values.words.map(quoted).join(' ')}`;
    case 'folders':
      return '_path_files -/';
    case 'files':
      return values.endings.length === 0 ? '_files' : `_files -g '*.(${values.endings.join('|')})'`;
    case 'anything':
      return ':';
  }
}

/** A word with what it means. */
function described(word: string, description: string): string {
  return quoted(`${word.replaceAll(':', '\\:')}:${description}`);
}
