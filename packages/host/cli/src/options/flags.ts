import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { fail } from '@archon-dse/core';

/** Collects a repeatable option into a list. */
function collect(value: string, earlier: readonly string[]): readonly string[] {
  return [...earlier, value];
}

export function jsonOption(): Option {
  return new Option('--json', 'print one JSON document on stdout and nothing else');
}

/** `--stack`; read by `processOutput`, since it is about errors that arise before flags are known. */
export function stackOption(): Option {
  return new Option('--stack', 'show where a plugin threw, with all its paths (also ARCHON_STACK=1)');
}

/** An option that may be given several times. */
export function collectOption(flags: string, description: string, otherwise: string): Option {
  return new Option(flags, description).argParser(collect).default([], otherwise);
}

/** `--set key=value`, repeatable. */
export function setOption(targets: string): Option {
  return collectOption('--set <key=value>', `set an option of the ${targets} (repeatable)`, 'the defaults');
}

/** `--rules name=state`, repeatable. */
export function rulesOption(): Option {
  return collectOption(
    '--rules <name=state>',
    'set a rule, or all, to published or corrected (repeatable)',
    'all as published',
  );
}

/** `--plugin NAME`, repeatable: third-party plugins beside the built-in ones. */
export function pluginOption(): Option {
  return collectOption(
    '--plugin <package>',
    'also load this plugin package or folder (repeatable)',
    'the built-in ones only',
  );
}

/** The examples at the end of a command's help. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n`;
}

/** `--seed N`. */
export function seedOption(): Option {
  return new Option('--seed <n>', 'seed of everything random').argParser(wholeNumber(0)).default(1);
}

/** `--inspect`: see `waitForDebugger`. */
export function inspectOption(effect: string): Option {
  return new Option('--inspect [port]', `wait for a debugger on 127.0.0.1 (default port 9229)${effect}`).argParser(
    portNumber,
  );
}

/** Where training goes on and what it may spend; a budget goes to every stage that has such an option. */
export interface TrainingFlags {
  readonly set: readonly string[];
  readonly data?: string;
  readonly epochs?: number;
  readonly images?: number;
  readonly batch?: number;
  readonly preset?: string;
  readonly out: string;
  readonly threads: number;
}

/** Adds the options of {@link TrainingFlags}. */
export function addTrainingOptions(command: Command): Command {
  return command
    .addOption(setOption('network or a stage'))
    .option('--data <folder>', 'folder of CIFAR files; procedural images unless given')
    .option('--epochs <n>', 'epochs of every stage instead of those of its recipe', wholeNumber(1))
    .option('--images <n>', 'training images of every stage instead of all', wholeNumber(1))
    .option('--batch <n>', 'images a step of every stage instead of those of its recipe', wholeNumber(1))
    .option('--out <folder>', 'where checkpoints go', join('archon-out', 'train'))
    .option('--threads <n>', 'threads to train with', wholeNumber(1), availableParallelism());
}

/** Parser of a whole number of at least `minimum`, and at most `maximum`. */
export function wholeNumber(minimum: number, maximum = Infinity): (text: string) => number {
  const range =
    maximum === Infinity ? `, ${String(minimum)} or more` : ` from ${String(minimum)} to ${String(maximum)}`;
  return (text) => {
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= minimum && value <= maximum && text.trim() !== '') return value;
    throw new InvalidArgumentError(`It must be a whole number${range}.`);
  };
}

/** A port to listen on; 0 for any that is free. */
export const portNumber = wholeNumber(0, 65_535);

/** Parser of a share of weights. @throws ArchonError ARCHON_USAGE outside 0..1 */
export function densityFlag(flag: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && value >= 0 && value <= 1) return value;
    return fail({ code: 'ARCHON_USAGE', message: `${flag} ${text} is no density`, expected: 'a number from 0 to 1' });
  };
}

/** Images at a time in evaluations where nobody says: large enough for speed; the result does not depend on it. */
export const EVALUATION_BATCH = 100;
