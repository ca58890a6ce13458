import { formatDiagnostic } from '@archon-dse/config';
import type { PreparedExperiment } from '@archon-dse/runner';
import { sumWeights } from '@archon-dse/training';
import { formatNumber, formatShare } from '../terminal/format.js';
import type { ExperimentResult } from './run-experiments.js';
import { formatTable } from '../terminal/table.js';
import { stageRow, type StageResult } from './watch-stages.js';

/** A stage that has just ended, with what was published for the whole experiment beside its last one. */
export function stageLines({ name, chain, published }: PreparedExperiment, result: StageResult, index: number): string {
  const [stage = '', accuracy = '', loss = '', weights = '', budget = ''] = stageRow(result);
  const isLast = index === chain.stages.length - 1;
  const reference =
    published === undefined || !isLast
      ? []
      : [`  published, for reference: ${formatShare(published.accuracy)}  ${published.source}`];
  const line = [`${name}  ${stage}`, `accuracy ${accuracy}`, `loss ${loss}`, `weights not zero ${weights}`, budget];
  return [line.filter((part) => part !== '').join('  '), ...reference].join('\n');
}

/** All experiments in a table, then what went wrong. */
export function summaryText(results: readonly ExperimentResult[], total: number): string {
  const rows = results.map((result) => [result.name, ...measured(result), reference(result)]);
  const head = ['experiment', 'accuracy', 'loss', 'weights not zero', 'published (reference)'];
  const failed = results.filter(({ status }) => status === 'failed');
  const errors = failed.flatMap(({ name, error }) => [
    '',
    `${name} failed:`,
    ...(error?.diagnostics ?? []).map((diagnostic) => formatDiagnostic(diagnostic)),
  ]);
  const counts = `${formatNumber(results.length - failed.length)} of ${formatNumber(total)} experiments done`;
  return ['', formatTable(head, rows), '', counts, ...errors].join('\n');
}

function measured({ status, stages, evaluation }: ExperimentResult): readonly string[] {
  if (status === 'failed') return ['failed', '', ''];
  if (evaluation !== null) {
    const { top1, loss, density } = evaluation;
    const { nonzero, total } = sumWeights(density);
    return [formatShare(top1), loss.toFixed(4), `${formatNumber(nonzero)} of ${formatNumber(total)}`];
  }
  const last = stages.at(-1);
  return last === undefined ? ['', '', ''] : stageRow(last).slice(1, 4);
}

function reference({ published }: ExperimentResult): string {
  return published === null ? '' : formatShare(published.accuracy);
}
