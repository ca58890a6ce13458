import { Command } from 'commander';
import type { Choice } from '@archon-dse/core';
import { expandSweep, loadSweep } from '@archon-dse/runner';
import type { Context } from '../context.js';
import { examples, jsonOption } from '../flags.js';

/** `archon expand FILE`: every point with its id and all of its options. */
export function expandCommand(context: Context): Command {
  return new Command('expand')
    .description('list every point of a sweep with its id and all options')
    .argument('<file>', 'the sweep, a YAML file')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples('archon expand sweeps/quickstart.yaml', 'archon expand my.yaml --json | jq ".points[0]"'),
    )
    .action(async (file: string, flags: { readonly json?: boolean }) => {
      const { sweep, plugins } = await loadSweep(file, context.host);
      const expansion = expandSweep(sweep, plugins.registry);
      if (flags.json) {
        context.output.json({ sweep, points: expansion.jobs });
        return;
      }
      for (const { id, point } of expansion.jobs) {
        const choices = [point.network, ...point.stages, point.accelerator];
        context.output.result(`${id}  ${choices.map(showChoice).join('  |  ')}`);
      }
    });
}

function showChoice({ use, options }: Choice): string {
  const parts = Object.entries(options).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [use, ...parts].join(' ');
}
