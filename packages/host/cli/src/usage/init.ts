import { join } from 'node:path';
import { Command } from 'commander';
import type { Context } from '../context.js';
import { collectOption, examples, jsonOption, pluginOption, wholeNumber } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon init`: writes a sweep to begin with. */
export function initCommand(context: Context): Command {
  return new Command('init')
    .description('write a sweep to begin with, after some questions or by flags')
    .addOption(collectOption('--network <id>', 'a network to sweep (repeatable)', 'asked for'))
    .addOption(collectOption('--accelerator <id>', 'an accelerator to sweep (repeatable)', 'asked for'))
    .addOption(collectOption('--objective <metric>', 'a metric of the front (repeatable)', 'asked for'))
    .option('--strategy <id>', 'search with this strategy, in place of all points')
    .option('--points <n>', 'the most points that a search evaluates', wholeNumber(1))
    .option('--out <file>', 'the file to write, which must not be there', join('.', 'sweep.yaml'))
    .option('--yes', 'ask nothing: mobilenet-v2 on dense, by cycles and energy, where no flag says otherwise')
    .addOption(pluginOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
What is written is valid, says what each line is for, and runs as it is: a few values of an option of each entry are its axes.
${examples(
  'archon init',
  'archon init --yes',
  'archon init --network mobilenet-v2 --accelerator dense --accelerator sparse --objective cycles --objective energyPj --out my.yaml',
  'archon init --network my-net --plugin ./my-plugin --strategy nsga2 --points 200 --yes',
)}`,
    )
    .action(onDemand(context, async () => (await import('../commands/init.js')).init));
}
