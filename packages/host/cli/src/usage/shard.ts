import { Command } from 'commander';
import type { Context } from '../context.js';
import { examples, jsonOption, wholeNumber } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon shard FILE`: evaluates a part of a sweep, and `archon shard plan SWEEP`: cuts a sweep into parts. */
export function shardCommand(context: Context): Command {
  return new Command('shard')
    .description('evaluate a part of a sweep, as the tasks of a scheduler do')
    .argument('<file>', 'the part, a JSON file of archon shard plan or of a sweep on Slurm')
    .option('--workers <n>', 'worker threads (default: SLURM_CPUS_PER_TASK, or one a core)', wholeNumber(1))
    .addOption(jsonOption())
    .enablePositionalOptions()
    .addCommand(planCommand(context))
    .addHelpText(
      'after',
      `
Results go to the folder of the sweep, each try into a file of its own; points that an earlier try has are skipped.
Exit codes: 0 all points evaluated, those that failed too (the sweep's report lists them), 143 ended by SIGTERM, 130 interrupted.
${examples(
  'archon shard archon-out/my/shards/plan/0.json --workers 4',
  'archon shard plan my.yaml --tasks 40 | xargs -P 4 -n 1 archon shard',
)}`,
    )
    .action(onDemand(context, async () => (await import('../commands/shard.js')).shard));
}

/** `archon shard plan SWEEP`. */
function planCommand(context: Context): Command {
  return new Command('plan')
    .description('write what is missing of a sweep as parts, and print their files, one a line')
    .argument('<sweep>', 'the sweep, a YAML file')
    .requiredOption('--tasks <n>', 'how many parts', wholeNumber(1))
    .option('--out <folder>', 'where results and report go (default: archon-out/NAME)')
    .option('--name <name>', 'of the parts, which go to shards/NAME of that folder', 'plan')
    .option('--retry-failed', 'points that failed before are missing too')
    .option('--no-cache', 'parts neither take layer results of earlier sweeps nor keep those of this one')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Nothing is printed when nothing is missing. When the parts are done, \`archon sweep\` finds their results and writes the report.
${examples('archon shard plan my.yaml --tasks 40', 'archon shard plan my.yaml --tasks 40 --json | jq .points')}`,
    )
    .action(onDemand(context, async () => (await import('../commands/shard.js')).planShards));
}
