import { Command, Option } from 'commander';
import type { Context } from '../context.js';
import { examples, inspectOption, jsonOption, portNumber, wholeNumber } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon sweep FILE`: evaluates what is missing and writes the report. */
export function sweepCommand(context: Context): Command {
  return new Command('sweep')
    .description('run a sweep, or the rest of it, and write its report')
    .argument('<file>', 'the sweep, a YAML file')
    .option('--out <folder>', 'where results and report go (default: archon-out/NAME)')
    .option('--workers <n>', "worker threads (default: the sweep's, or one a core)", wholeNumber(1))
    .addOption(
      new Option('--executor <kind>', "how points are evaluated, instead of the sweep's").choices([
        'workerpool',
        'serial',
        'slurm',
      ]),
    )
    .addOption(inspectOption(', and evaluate in the main thread'))
    .option('--limit <n>', 'evaluate only so many points, spread evenly', wholeNumber(1))
    .option('--leave-jobs', 'when stopped, leave tasks of Slurm in the queue; the next run waits for them')
    .option('--ui [port]', 'show the sweep in the browser while it runs', portNumber)
    .option('--resume', 'insist that there is something to resume; without it a sweep resumes by itself')
    .option('--retry-failed', 'evaluate points again that failed before')
    .option('--no-cache', 'neither take layer results of earlier sweeps nor keep those of this one')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Points that the folder already has are skipped, so an interrupted sweep is finished by running it again.
With --ui the address of the dashboard is printed first; on a terminal it stays after the sweep until Ctrl-C.
Exit codes: 0 all points evaluated, 3 some failed (the report lists them), 130 interrupted.
${examples(
  'archon sweep node_modules/archon-dse/sweeps/quickstart.yaml',
  'archon sweep my.yaml --out results/my --workers 8',
  'archon sweep my.yaml --json | jq .counts',
  'archon sweep my.yaml --ui',
  'archon sweep my.yaml --inspect',
)}`,
    )
    .action(onDemand(context, async () => (await import('../commands/sweep.js')).sweep));
}
