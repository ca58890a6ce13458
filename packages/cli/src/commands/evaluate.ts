import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { readCheckpoint, type PredictorScores } from '@archon-dse/training';
import { inCwd, type Context } from '../context.js';
import { examples, jsonOption, wholeNumber } from '../flags.js';
import { formatNumber } from '../format.js';
import { EVALUATION_BATCH, measureCheckpoint, type Measured } from '../measure-checkpoint.js';
import { formatTable } from '../table.js';

interface Flags {
  readonly data?: string;
  readonly backend: string;
  readonly batch: number;
  readonly threads: number;
  readonly json?: boolean;
}

/** `archon evaluate CHECKPOINT`: accuracy on all test images, and what pruning has left. */
export function evaluateCommand(context: Context): Command {
  return new Command('evaluate')
    .description('score a trained network on test images')
    .argument('<checkpoint>', 'a model.safetensors of archon train')
    .option('--data <folder>', 'folder of CIFAR files; 1,000 procedural images unless given')
    .option('--backend <id>', 'what computes', 'auto')
    .option('--batch <n>', 'images at a time', wholeNumber(1), EVALUATION_BATCH)
    .option('--threads <n>', 'threads to compute with', wholeNumber(1), availableParallelism())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples('archon evaluate model.safetensors --data data', 'archon evaluate model.safetensors --json'),
    )
    .action(async (path: string, flags: Flags) => {
      const { data, backend, batch, threads } = flags;
      const source = { data: data === undefined ? 'procedural' : inCwd(context, data), images: 0 };
      const checkpoint = await readCheckpoint(inCwd(context, path));
      const result = await measureCheckpoint(checkpoint, { source, backend, batch, threads });
      if (flags.json) context.output.json(result);
      else context.output.result(evaluationText(result));
    });
}

function evaluationText(measured: Measured): string {
  const { network, stage, dataset, images, top1, loss, density, predictor } = measured;
  const rows = density.map(({ layer, nonzero, total }) => [
    layer,
    formatNumber(nonzero),
    formatNumber(total),
    `${((100 * nonzero) / total).toFixed(1)}%`,
  ]);
  return [
    `${network} after stage "${stage}" on ${formatNumber(images)} images of ${dataset}`,
    '',
    `top-1  ${(100 * top1).toFixed(2)}%`,
    `loss   ${loss.toFixed(4)}`,
    '',
    formatTable(['layer', 'not zero', 'weights', 'density'], rows),
    ...(predictor === undefined ? [] : ['', predictorText(predictor)]),
  ].join('\n');
}

function predictorText({ layers, ...all }: PredictorScores): string {
  const rows = [{ layer: 'all', ...all }, ...layers].map(({ layer, falseNegative, falsePositive, maskDensity }) => [
    layer,
    ...[falseNegative, falsePositive, maskDensity].map((share) => `${(100 * share).toFixed(1)}%`),
  ]);
  return formatTable(['predicted layer', 'false negative', 'false positive', 'let pass'], rows);
}
