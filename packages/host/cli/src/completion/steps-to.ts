import type { CompletedCommand } from './command-tree.js';
import { quoted } from './quoted.js';

/** Branches of a `case` of bash or zsh over `PATH WORD`: each word that names a command leads from one path to the next, kept in a variable. */
export function stepsTo(commands: readonly CompletedCommand[], variable: string): string {
  return commands
    .filter(({ path }) => path.length > 0)
    .map(({ path }) => {
      const step = `${path.slice(0, -1).join(' ')} ${path.at(-1) ?? ''}`;
      return `      ${quoted(step)}) ${variable}=${quoted(path.join(' '))} ;;`;
    })
    .join('\n');
}
