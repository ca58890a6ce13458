import { Command } from 'commander';
import { expandSweep, loadSweep } from '@archon-dse/runner';
import type { Context } from '../context.js';
import { examples, jsonOption } from '../flags.js';

/** `archon validate FILE`: is the sweep right, and how many points has it. */
export function validateCommand(context: Context): Command {
  return new Command('validate')
    .description('check a sweep file without running it')
    .argument('<file>', 'the sweep, a YAML file')
    .addOption(jsonOption())
    .addHelpText('after', examples('archon validate sweeps/quickstart.yaml', 'archon validate my.yaml --json'))
    .action(async (file: string, flags: { readonly json?: boolean }) => {
      const { sweep, plugins } = await loadSweep(file, context.host);
      const expansion = expandSweep(sweep, plugins.registry);
      const points = expansion.jobs.length;
      if (flags.json) context.output.json({ valid: true, name: sweep.name, points, duplicates: expansion.duplicates });
      else context.output.result(`${file} is valid: "${sweep.name}", ${String(points)} points`);
    });
}
