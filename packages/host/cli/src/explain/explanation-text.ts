import type { CycleLimit, Point, UtilizationLoss } from '@archon-dse/core';
import { legendText } from '../network/nest-text.js';
import { headText } from '../network/simulation-text.js';
import { formatNumber, formatShare, PAGE_COLUMNS, wrapText } from '../terminal/format.js';
import { formatTable } from '../terminal/table.js';
import type { ExplainedLayer } from './explained-layer.js';
import { largerTotals } from './larger-totals.js';
import { changeText, energyName, explainedLayerText, limitName, noMappingText } from './layer-text.js';

/** The whole network: a line a layer, and what larger levels would bring. */
export function explanationText(point: Point, layers: readonly ExplainedLayer[]): string {
  const failing = layers.filter(({ noMapping }) => noMapping !== undefined);
  const told = layers.some(({ limits, noMapping }) => limits !== undefined || noMapping !== undefined);
  return [
    headText(point),
    ...(failing.length === 0 ? [layerTable(layers)] : [refusedText(failing, layers.length)]),
    ...largerText(layers),
    ...(told ? [] : [UNTOLD]),
    '--layer NAME explains one layer and draws its mapping.',
  ].join('\n\n');
}

/** One layer, phase by phase. */
export function layerExplanationText(point: Point, phases: readonly ExplainedLayer[]): string {
  const paragraphs = phases.flatMap((layer) => {
    const { name, record } = layer;
    const title = record?.phase === undefined ? name : `${name}, ${record.phase}`;
    const cycles = record === undefined ? '' : `: ${formatNumber(record.cycles)} cycles`;
    return [`${title}${cycles}`, ...explainedLayerText(layer)];
  });
  const isDrawn = phases.some(({ nest }) => nest !== undefined);
  return [headText(point), ...paragraphs, ...(isDrawn ? [legendText()] : [])].join('\n\n');
}

const UNTOLD = wrapText(
  'This accelerator does not tell what bounds its cycles: what is shown follows from its record alone.',
);

/** A column of the table of layers; left out where no layer has anything to say in it. */
type Column = readonly [title: string, cell: (layer: ExplainedLayer) => string];

const COLUMNS: readonly Column[] = [
  ['layer', ({ name, record }) => (record?.phase === undefined ? name : `${name}, ${record.phase}`)],
  ['cycles', ({ record }) => (record === undefined ? '' : formatNumber(record.cycles))],
  ['bounded by', ({ limits: [first] = [] }) => (first === undefined ? '' : limitName(first))],
  ['then', ({ limits: [first, second] = [] }) => (first && second ? nextText(first, second) : '')],
  ['busy', ({ record }) => (record === undefined ? '' : formatShare(record.utilization, 0))],
  ['lost most to', ({ losses = [] }) => lostText([...losses].sort((a, b) => b.share - a.share)[0])],
  [
    'energy most',
    ({ energy: [most] }) => (most === undefined ? '' : `${energyName(most)} ${formatShare(most.share, 0)}`),
  ],
];

function layerTable(layers: readonly ExplainedLayer[]): string {
  const columns = COLUMNS.filter(([, cell]) => layers.some((layer) => cell(layer) !== ''));
  return formatTable(
    columns.map(([title]) => title),
    layers.map((layer) => columns.map(([, cell]) => cell(layer))),
  );
}

function lostText(loss: UtilizationLoss | undefined): string {
  return loss === undefined ? '' : `${loss.place ?? loss.cause} ${formatShare(loss.share, 0)}`;
}

/** `psum_spad reads 67%`: what would bound the layer next, and how near it is. */
function nextText(first: CycleLimit, second: CycleLimit): string {
  return `${limitName(second)} ${formatShare(first.cycles === 0 ? 0 : second.cycles / first.cycles, 0)}`;
}

/** Each reason once, with the layers it stops. */
function refusedText(failing: readonly ExplainedLayer[], all: number): string {
  const byReason = new Map<string, string[]>();
  for (const { name, noMapping, larger } of failing) {
    const reason = noMapping === undefined ? '' : noMappingText(noMapping, larger);
    byReason.set(reason, [...(byReason.get(reason) ?? []), name]);
  }
  const reasons = [...byReason].map(([reason, names]) => {
    return `${reason}\n${wrapText(names.join(', '), PAGE_COLUMNS - 2).replace(/^/gm, '  ')}`;
  });
  return [`${String(failing.length)} of ${String(all)} layers cannot run.`, ...reasons].join('\n\n');
}

function largerText(layers: readonly ExplainedLayer[]): readonly string[] {
  const totals = largerTotals(layers);
  if (totals.length === 0) return [];
  const rows = totals.map((total) => [
    total.level,
    `${formatNumber(total.sizeWords)} -> ${formatNumber(total.largerWords)}`,
    changeText(total.cyclesNow, total.cycles),
    changeText(total.energyPjNow, total.energyPj),
    `${String(total.layersChanged)} of ${String(layers.length)}`,
  ]);
  return [
    formatTable(['twice as large', 'words', 'cycles', 'energy', 'layers that change'], rows),
    'Energies of accesses stay as they are; a larger memory costs more for each.',
  ];
}
