import type { Argument, Command, Option } from 'commander';

/** What may stand in a place of a command line. */
export type Values =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  /** Files with one of these endings, without the dot; any file where there are none. */
  | { readonly kind: 'files'; readonly endings: readonly string[] }
  | { readonly kind: 'folders' }
  /** Something that cannot be guessed, such as a number. */
  | { readonly kind: 'anything' };

export interface CompletedFlag {
  readonly flag: string;
  readonly description: string;
  /** Absent of a flag that takes nothing. */
  readonly takes?: Values;
}

/** A command as a shell completes it. */
export interface CompletedCommand {
  /** Its name and those of the commands it is in, without the program; none of the program itself. */
  readonly path: readonly string[];
  readonly description: string;
  readonly flags: readonly CompletedFlag[];
  /** What its arguments may be. */
  readonly takes: readonly Values[];
  readonly commands: readonly CompletedCommand[];
}

/** Ids that flags and arguments may name, by what stands in their place: `network`, `accelerator`. */
export type Ids = Readonly<Record<string, readonly string[]>>;

const ANYTHING: Values = { kind: 'anything' };
const YAML = ['yaml', 'yml'];

/** A command with all below it, from the same tables as `--help`. */
export function completedCommand(command: Command, ids: Ids, path: readonly string[] = []): CompletedCommand {
  const inner = command.commands.map((sub) => completedCommand(sub, ids, [...path, sub.name()]));
  return {
    path,
    description: command.description(),
    flags: [...command.options, ...helpOf(command)]
      .filter(({ hidden }) => !hidden)
      .map((option) => flagOf(option, ids)),
    takes: command.registeredArguments.map((argument) => valuesOf(argument, argument.name(), ids)),
    commands: inner,
  };
}

function helpOf(command: Command): readonly Option[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .filter(({ long }) => long === '--help');
}

function flagOf(option: Option, ids: Ids): CompletedFlag {
  const { long, short, description, required, optional, flags } = option;
  const placeholder = /[<[]([^>\]]+)/.exec(flags)?.[1] ?? '';
  const name = option.name() in ids ? option.name() : placeholder;
  return {
    flag: long ?? short ?? '',
    description,
    ...(required || optional ? { takes: valuesOf(option, name, ids) } : {}),
  };
}

/** What a place may hold, by what its help says: choices, a file, a folder, an id. */
function valuesOf({ argChoices, description }: Argument | Option, name: string, ids: Ids): Values {
  if (argChoices !== undefined) return { kind: 'words', words: argChoices };
  const words = ids[name];
  if (words !== undefined) return { kind: 'words', words };
  if (/folder|dir/.test(name)) return { kind: 'folders' };
  if (/file|checkpoint|package/.test(name)) return { kind: 'files', endings: /YAML/.test(description) ? YAML : [] };
  return ANYTHING;
}

/** A command and all below it, each after the one it is in. */
export function allCommands(command: CompletedCommand): readonly CompletedCommand[] {
  return [command, ...command.commands.flatMap(allCommands)];
}
