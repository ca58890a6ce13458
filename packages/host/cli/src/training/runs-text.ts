import { basename, dirname, relative } from 'node:path';
import { printableLine, type ContributionMeta, type Options } from '@archon-dse/core';
import type { Run, UnreadableFile } from '@archon-dse/training';
import { plot } from 'simple-ascii-chart';
import { formatBytes, formatNumber, formatShare } from '../terminal/format.js';
import type { TreeRun } from './run-tree.js';
import { formatTable } from '../terminal/table.js';

/** What is known about a network, to leave out options at their defaults. */
export type NetworkMeta = (id: string) => ContributionMeta | undefined;

const HEAD = ['stage', 'images', 'epochs', 'kept', 'accuracy', 'loss', 'density', 'size', 'seed', 'path'];

/** The table of `archon runs`, with a heading for each network. */
export function runListText(runs: readonly TreeRun[], metaOf: NetworkMeta, cwd: string): string {
  const rows = runs.map(({ run, depth, parent }) => [
    `${depth === 0 ? '' : `${'  '.repeat(depth - 1)}└ `}${run.stage}${strayParent(run, parent)}`,
    run.dataset,
    epochText(run),
    run.keptEpoch ?? '',
    run.accuracy === null ? '' : formatShare(run.accuracy),
    run.loss?.toFixed(4) ?? '',
    formatShare(run.density.nonzero / Math.max(1, run.density.total)),
    formatBytes(run.bytes),
    String(run.seed),
    pathText(cwd, basename(run.path) === 'model.safetensors' ? dirname(run.path) : run.path),
  ]);
  const headings = runs.map(({ run: { network, networkOptions } }) =>
    printableLine([network, ...optionTexts(networkOptions ?? {}, metaOf(network))].join('  ')),
  );
  const [head = '', ...lines] = formatTable(HEAD, rows).split('\n');
  return [
    head,
    ...lines.flatMap((line, index) => {
      const heading = headings[index] ?? '';
      return heading === headings[index - 1] ? [line] : ['', heading, line];
    }),
  ].join('\n');
}

/** The stage it started from, where that run is not in the list. */
function strayParent(run: Run, parent: Run | null): string {
  return run.parent === null || run.parent === undefined || parent !== null ? '' : ` after ${run.parent.stage}`;
}

function epochText({ status, epochs, epochsDone }: Run): string {
  if (epochs === 0) return '';
  return status === 'finished' ? String(epochs) : `${String(epochsDone)} of ${String(epochs)}, interrupted`;
}

/** Files that are no checkpoints, with what is wrong. */
export function unreadableText(files: readonly UnreadableFile[], cwd: string): string {
  return formatTable(
    ['no checkpoint', 'because'],
    files.map(({ path, problem }) => [pathText(cwd, path), problem]),
  );
}

/** From the working directory where it is inside. */
function pathText(cwd: string, path: string): string {
  const inside = relative(cwd, path);
  return inside.startsWith('..') || inside === '' ? path : inside;
}

function optionTexts(options: Options, meta: ContributionMeta | undefined): readonly string[] {
  return Object.entries(options)
    .filter(([name, value]) => meta === undefined || meta.options[name]?.default !== value)
    .map(([name, value]) => `${name}=${String(value)}`);
}

/** Everything about one run, for `archon runs show`. */
export function runText(run: Run): string {
  const { nonzero, total } = run.density;
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ['stage', `${run.stage}, ${run.status}`],
    ['options', run.networkOptions && optionTexts(run.networkOptions, undefined).join('  ')],
    ['images', run.dataset],
    ['recipe', run.recipe],
    ['batch', run.batch === null ? null : String(run.batch)],
    ['seed', String(run.seed)],
    [
      'epochs',
      run.epochs === 0 ? null : `${String(run.epochsDone)} of ${String(run.epochs)}, kept ${String(run.keptEpoch)}`,
    ],
    ['accuracy', run.accuracy === null ? null : formatShare(run.accuracy)],
    ['loss', run.loss?.toFixed(4)],
    ['not zero', `${formatNumber(nonzero)} of ${formatNumber(total)} weights`],
    ['from', run.parent && `${run.parent.stage}, SHA-256 ${run.parent.sha256.slice(0, 16)}...`],
    ['file', run.file && `${run.file.name}, layers by ${run.file.names}, SHA-256 ${run.file.sha256.slice(0, 16)}...`],
    ['size', formatBytes(run.bytes)],
    ['path', run.path],
  ];
  const known = facts.filter(([, value]) => value !== null && value !== undefined);
  const layers = run.layers.map((layer) => [
    layer.layer,
    formatNumber(layer.nonzero),
    formatNumber(layer.total),
    formatShare(layer.nonzero / layer.total),
  ]);
  return [
    printableLine(run.network),
    '',
    ...known.map(([name, value]) => `${name.padEnd(10)}${printableLine(value ?? '')}`),
    ...historyText(run),
    '',
    formatTable(['layer', 'not zero', 'weights', 'density'], layers),
  ].join('\n');
}

/** Epochs that a chart is worth drawing from, and rows that a table may have. */
const FEWEST = 3;
const MOST_ROWS = 20;

function historyText({ history, keptEpoch }: Run): readonly string[] {
  if (history.length === 0) return [];
  const step = Math.max(1, history.length / MOST_ROWS);
  const isShown = (index: number): boolean =>
    index === 0 || index + 1 === keptEpoch || Math.floor((index + 1) / step) > Math.floor(index / step);
  const rows = history.map(({ trainLoss, trainAccuracy, testLoss, testAccuracy }, index) => {
    const cells = [trainLoss.toFixed(4), formatShare(trainAccuracy), testLoss.toFixed(4), formatShare(testAccuracy)];
    return [index + 1, ...cells, index + 1 === keptEpoch ? 'kept' : ''];
  });
  return [
    ...(history.length < FEWEST ? [] : chartsOf(history)),
    '',
    formatTable(
      ['epoch', 'train loss', 'train accuracy', 'test loss', 'test accuracy', ''],
      rows.filter((_, index) => isShown(index)),
    ),
  ];
}

function chartsOf(history: Run['history']): readonly string[] {
  const accuracies = history.map(({ testAccuracy }) => 100 * testAccuracy);
  const losses = history.map(({ testLoss }) => testLoss);
  return [chartText('accuracy in percent', accuracies, 1), chartText('loss', losses, 3)];
}

function chartText(title: string, values: readonly number[], digits: number): string {
  const points = values.map((value, index): [number, number] => [index + 1, value]);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const chart = plot(points, {
    ...{ width: 60, height: 9, title: `${title} on test images, by epoch` },
    customXAxisTicks: [1, Math.ceil(values.length / 2), values.length],
    customYAxisTicks: [...new Set([least, (least + most) / 2, most])],
    formatter: (value, { axis }) => (axis === 'y' ? value.toFixed(digits) : String(value)),
  });
  const lines = chart.trimEnd().split('\n');
  return lines.map((line) => line.trimEnd()).join('\n');
}
