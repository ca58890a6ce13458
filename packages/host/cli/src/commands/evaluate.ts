import { readCheckpoint, type PredictorScores } from '@archon-dse/training';
import { inCwd, type Context } from '../context.js';
import { formatNumber, formatShare } from '../terminal/format.js';
import { measureCheckpoint, type Measured } from '../training/measure-checkpoint.js';
import { formatTable } from '../terminal/table.js';

interface Flags {
  readonly data?: string;
  readonly backend: string;
  readonly batch: number;
  readonly threads: number;
  readonly json?: boolean;
}

/** `archon evaluate CHECKPOINT`: accuracy on all test images, and what pruning has left. */
export async function evaluate(context: Context, path: string, flags: Flags): Promise<void> {
  const { data, backend, batch, threads } = flags;
  const source = { data: data === undefined ? 'procedural' : inCwd(context, data), images: 0 };
  const checkpoint = await readCheckpoint(inCwd(context, path));
  const result = await measureCheckpoint(checkpoint, { source, backend, batch, threads });
  if (flags.json) context.output.json(result);
  else context.output.result(evaluationText(result));
}

function evaluationText(measured: Measured): string {
  const { network, stage, dataset, images, top1, loss, density, predictor } = measured;
  const rows = density.map(({ layer, nonzero, total }) => [
    layer,
    formatNumber(nonzero),
    formatNumber(total),
    formatShare(nonzero / total, 1),
  ]);
  return [
    `${network} after stage "${stage}" on ${formatNumber(images)} images of ${dataset}`,
    '',
    `top-1  ${formatShare(top1)}`,
    `loss   ${loss.toFixed(4)}`,
    '',
    formatTable(['layer', 'not zero', 'weights', 'density'], rows),
    ...(predictor === undefined ? [] : ['', predictorText(predictor)]),
  ].join('\n');
}

function predictorText({ layers, ...all }: PredictorScores): string {
  const rows = [{ layer: 'all', ...all }, ...layers].map(({ layer, falseNegative, falsePositive, maskDensity }) => [
    layer,
    ...[falseNegative, falsePositive, maskDensity].map((share) => formatShare(share, 1)),
  ]);
  return formatTable(['predicted layer', 'false negative', 'false positive', 'let pass'], rows);
}
