import { Command, Option } from 'commander';
import type { Context } from '../context.js';
import { addTrainingOptions, examples, jsonOption, wholeNumber } from '../options/flags.js';
import { onDemand } from './on-demand.js';

/** `archon run`: experiments, one after the other. */
export function runCommand(context: Context): Command {
  const command = new Command('run')
    .description('run experiments: train, prune and predict as their files say')
    .argument('<file...>', 'experiments, or folders: all experiments below them')
    .addOption(new Option('--train', 'apply the stages that are not done yet (default)').conflicts('evaluate'))
    .addOption(
      new Option('--evaluate <checkpoint>', "only measure a saved model of the experiment's network").conflicts([
        'epochs',
        'images',
      ]),
    );
  return addTrainingOptions(command)
    .option('--seed <n>', 'seed of everything random instead of that of the files', wholeNumber(0))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Stages that another experiment or \`archon train\` has trained into the same folder are not trained again.
Exit codes: 0 all experiments done, 3 some failed (they are listed), 130 interrupted.
${examples(
  'archon run node_modules/archon-dse/sweeps/experiments --epochs 1 --images 8 --batch 8 --set network.width=0.1',
  'archon run node_modules/archon-dse/sweeps/experiments/cifar10/fusionet/pruned.yaml --data data/cifar-10 --out runs',
  'archon run node_modules/archon-dse/sweeps/experiments/cifar10/fusionet/pruned.yaml --evaluate model.safetensors --data data/cifar-10',
)}`,
    )
    .action(onDemand(context, async () => (await import('../commands/run.js')).runExperimentFiles));
}
