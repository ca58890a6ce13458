import { Command, Option } from 'commander';
import type { Context } from '../context.js';
import { examples } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon export DIR`: points or layers of a sweep for other programs. */
export function exportCommand(context: Context): Command {
  return new Command('export')
    .description('write the points of a sweep, or their layers, as CSV, JSON or Parquet')
    .argument('<folder>', 'the folder of the sweep')
    .addOption(new Option('--format <format>', 'how').choices(['csv', 'json', 'jsonl', 'parquet']).default('csv'))
    .addOption(new Option('--what <rows>', 'a row each').choices(['points', 'layers']).default('points'))
    .option('--out <file>', 'where to; stdout unless given')
    .addHelpText(
      'after',
      examples(
        'archon export archon-out/quickstart --out points.csv',
        'archon export archon-out/quickstart --what layers --format parquet --out layers.parquet',
        'archon export archon-out/quickstart --format jsonl | jq .metrics.cycles',
      ),
    )
    .action(onDemand(context, async () => (await import('../commands/export.js')).exportSweep));
}
