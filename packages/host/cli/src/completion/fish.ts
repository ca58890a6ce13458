import { allCommands, type CompletedCommand, type CompletedFlag, type Values } from './command-tree.js';

/** Lines for fish that complete `archon`. */
export function fishScript(program: CompletedCommand): string {
  return `# completion of archon for fish: archon completion fish | source
complete -c archon -e
complete -c archon -f
${allCommands(program).flatMap(linesOf).join('\n')}
`;
}

function linesOf({ path, flags, takes, commands }: CompletedCommand): readonly string[] {
  const line = `complete -c archon -n ${quoted(conditionOf(path, commands))}`;
  return [
    ...commands.map(
      ({ path: inner, description }) => `${line} -a ${quoted(inner.at(-1) ?? '')} -d ${quoted(description)}`,
    ),
    ...takes.flatMap((values) => offered(values).map((offer) => `${line} -a ${offer}`)),
    ...flags.map((flag) => `${line} ${flagText(flag)}`),
  ];
}

/** That this command is the innermost one on the line. */
function conditionOf(path: readonly string[], commands: readonly CompletedCommand[]): string {
  const inner = commands.map((command) => command.path.at(-1) ?? '').join(' ');
  const seen = path.map((name) => `__fish_seen_subcommand_from ${name}`);
  const unseen = inner === '' ? [] : [`not __fish_seen_subcommand_from ${inner}`];
  return [...seen, ...unseen].join('; and ');
}

function flagText({ flag, description, takes }: CompletedFlag): string {
  const values = takes === undefined ? '' : [' -x', ...offered(takes).map((offer) => ` -a ${offer}`)].join('');
  return `-l ${flag.replace(/^--/, '')} -d ${quoted(description)}${values}`;
}

/** What may stand in a place, as an argument of `-a`. */
function offered(values: Values): readonly string[] {
  switch (values.kind) {
    case 'words':
      return [quoted(values.words.join(' '))];
    case 'folders':
      return [`'(__fish_complete_directories)'`];
    case 'files':
      return values.endings.length === 0
        ? [`'(__fish_complete_path)'`]
        : values.endings.map((ending) => `'(__fish_complete_suffix .${ending})'`);
    case 'anything':
      return [];
  }
}

/** A text that the shell takes as it is. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
