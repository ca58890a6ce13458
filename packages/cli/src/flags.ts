import { InvalidArgumentError, Option } from 'commander';

/** Collects a repeatable option into a list. */
function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}

export function jsonOption(): Option {
  return new Option('--json', 'print one JSON document on stdout and nothing else');
}

/** `--set key=value`, repeatable. */
export function setOption(targets: string): Option {
  return new Option('--set <key=value>', `set an option of the ${targets} (repeatable)`)
    .argParser(collect)
    .default([], 'the defaults');
}

/** `--rules name=state`, repeatable. */
export function rulesOption(): Option {
  return new Option('--rules <name=state>', 'set a rule, or all, to published or corrected (repeatable)')
    .argParser(collect)
    .default([], 'all as published');
}

/** `--plugin NAME`, repeatable: third-party plugins beside the built-in ones. */
export function pluginOption(): Option {
  return new Option('--plugin <package>', 'also load this plugin package or folder (repeatable)')
    .argParser(collect)
    .default([], 'the built-in ones only');
}

/** The examples at the end of a command's help. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n`;
}

/** `--seed N`. */
export function seedOption(): Option {
  return new Option('--seed <n>', 'seed of everything random').argParser(wholeNumber(0)).default(1);
}

/** Parser of a whole number of at least `minimum`. */
export function wholeNumber(minimum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= minimum && text.trim() !== '') return value;
    throw new InvalidArgumentError(`It must be a whole number, ${String(minimum)} or more.`);
  };
}
