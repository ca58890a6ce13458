import { Argument, Command } from 'commander';
import type { Context } from '../context.js';
import { examples } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon completion SHELL`: what a shell has to be told to complete commands, flags, files and ids. */
export function completionCommand(context: Context): Command {
  return new Command('completion')
    .description('print what a shell needs to complete command lines')
    .addArgument(new Argument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      `
Commands, flags, files, folders and ids of built-in networks and accelerators are completed. In ~/.bashrc, in ~/.zshrc after compinit, and for fish:
${examples(
  'eval "$(archon completion bash)"',
  'source <(archon completion zsh)',
  'archon completion fish > ~/.config/fish/completions/archon.fish',
)}`,
    )
    .action(onDemand(context, async () => (await import('../commands/completion.js')).completion));
}
