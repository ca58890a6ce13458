import { parseArgs } from 'node:util';
import { KINDS, type Kind } from './kinds.js';
import { Refusal } from './refusal.js';

export const HELP = `Writes a plugin of Archon DSE in TypeScript, with tests and a sweep.

Usage: npm create archon-plugin [folder] [-- options]

Options:
  --kind <kinds>      what it brings: network, stage, accelerator, strategy, or some of them with commas (default: all)
  --name <name>       name of the package (default: that of the folder)
  --namespace <name>  what its ids begin with (default: the name without "archon-plugin-")
  --version           version of Archon DSE that the plugin is for
  --help              this text

Without anything it asks, on a terminal.

Examples:
  $ npm create archon-plugin my-plugin
  $ npm create archon-plugin@latest my-plugin -- --kind accelerator
  $ npm create archon-plugin systolic -- --kind network,accelerator --name @me/archon-plugin-systolic`;

/** What the command line says; nothing where it says nothing. */
export interface Wishes {
  readonly folder?: string;
  readonly kinds?: readonly Kind[];
  readonly name?: string;
  readonly namespace?: string;
  readonly help?: boolean;
  readonly version?: boolean;
}

const EXPECTED = 'what --help describes';

/** @throws Refusal for options there are not, and kinds */
export function readWishes(args: readonly string[]): Wishes {
  const { values, positionals } = parse(args);
  const { kind, ...others } = values;
  const [folder, ...more] = positionals;
  if (more.length > 0) throw new Refusal(`${positionals.join(' ')} are several folders`, 'one folder');
  const given = { ...others, ...(folder === undefined ? {} : { folder }) };
  const empty = Object.entries({ ...given, kind }).find(([, value]) => value === '');
  if (empty !== undefined) throw new Refusal(`the ${empty[0]} is empty`, 'a text; is a variable of the shell not set?');
  return { ...given, ...(kind === undefined ? {} : { kinds: readKinds(kind) }) };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        kind: { type: 'string' },
        name: { type: 'string' },
        namespace: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    });
  } catch (error) {
    const [message = ''] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw new Refusal(message, EXPECTED);
  }
}

/** In the order of {@link KINDS}. @throws Refusal */
function readKinds(text: string): readonly Kind[] {
  const words = text.split(',').map((word) => word.trim());
  const unknown = words.find((word) => !KINDS.some((kind) => kind === word));
  if (unknown !== undefined) throw new Refusal(`"${unknown}" is no kind of contribution`, KINDS.join(', '));
  return KINDS.filter((kind) => words.includes(kind));
}
