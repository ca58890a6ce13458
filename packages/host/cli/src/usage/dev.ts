import { Command } from 'commander';
import type { Context } from '../context.js';
import { examples, pluginOption, seedOption, setOption, wholeNumber } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon dev`: a sweep or a simulation, again whenever its file or the code of its plugins changes. */
export function devCommand(context: Context): Command {
  return new Command('dev')
    .description('run a sweep or a simulation again whenever its file or its plugins change')
    .argument('[file]', 'the sweep, a YAML file; without it --network and --accelerator')
    .option('--out <folder>', 'where results and report go (default: archon-out/NAME)')
    .option('--workers <n>', 'worker threads of a sweep', wholeNumber(1))
    .option('--limit <n>', 'evaluate only so many points, spread evenly', wholeNumber(1))
    .option('--network <id>', 'simulate this network')
    .option('--accelerator <id>', 'on this accelerator')
    .addOption(setOption('network or the accelerator'))
    .option('--layer <name>', 'show this layer only')
    .addOption(seedOption())
    .addOption(pluginOption())
    .option('--with <command>', 'run this beside it, e.g. a compiler that watches')
    .option('--runs <n>', 'end after so many runs', wholeNumber(1))
    .option('--no-clear', 'leave earlier runs on the screen')
    .addHelpText(
      'after',
      `
Watches the sweep's file, its plugins and packages they are linked to. Only points that depend on what changed are evaluated again.
Ctrl-C ends it.
${examples(
  'archon dev sweep.yaml',
  'archon dev sweep.yaml --with "tsc --watch --preserveWatchOutput"',
  'archon dev --network mobilenet-v2 --accelerator my-array --plugin . --set rows=8',
)}`,
    )
    .action(onDemand(context, async () => (await import('../commands/dev.js')).dev));
}
