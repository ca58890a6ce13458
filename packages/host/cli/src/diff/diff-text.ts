import { formatMetric } from '../terminal/format.js';
import { formatTable } from '../terminal/table.js';
import type { SideSummary, SweepDiff } from './compare-sweeps.js';

const MOST_CHANGED = 10;

/** A comparison for people. */
export function diffText({ a, b, objectives, reference, ratio, onlyOnFront, onlyIn, changed }: SweepDiff): string {
  const row = (title: string, valueOf: (side: SideSummary) => string): string[] => [title, valueOf(a), valueOf(b)];
  const volume = ({ hypervolume }: SideSummary): string =>
    hypervolume === null ? 'too hard' : hypervolume.toPrecision(6);
  const table = formatTable(
    ['', 'A', 'B'],
    [
      row('sweep', ({ name }) => name),
      row('points', ({ points }) => String(points)),
      row('feasible', ({ feasible }) => String(feasible)),
      row('on the front', ({ front }) => String(front)),
      row('of them dominated by the other', ({ dominated }) => String(dominated)),
      row('hypervolume', volume),
      ['points that the other lacks', String(onlyIn.a), String(onlyIn.b)],
      ['front points that its front lacks', String(onlyOnFront.a.length), String(onlyOnFront.b.length)],
    ],
  );
  const bounds = objectives.map(({ metric }) => `${metric} ${formatMetric(metric, reference[metric] ?? NaN)}`);
  const verdict =
    ratio === null ? volumesDoNotCompare(a, b) : `B has ${(100 * ratio).toFixed(2)} % of the hypervolume of A`;
  const extent = a.feasible === 0 ? '' : `, up to ${bounds.join(', ')}`;
  return [table, '', `${verdict}${extent}.`, ...changedLines(changed)].join('\n');
}

/** Why there is no ratio. */
function volumesDoNotCompare(a: SideSummary, b: SideSummary): string {
  if (a.feasible > 0) return 'The hypervolumes do not compare';
  return b.feasible > 0 ? 'A has no feasible point to compare B with' : 'Neither has a feasible point';
}

function changedLines(changed: SweepDiff['changed']): readonly string[] {
  if (changed.length === 0) return [];
  const lines = changed.slice(0, MOST_CHANGED).map(({ pointId, metrics, status: [was, is] }) => {
    const values = Object.entries(metrics).map(([name, [a, b]]) => `${name} ${String(a)} -> ${String(b)}`);
    return `  ${pointId}: ${[...(was === is ? [] : [`${was} -> ${is}`]), ...values].join(', ')}`;
  });
  const rest = changed.length - lines.length;
  return [
    '',
    `ALARM: ${String(changed.length)} points are in both sweeps with different results, which should be the same:`,
    ...lines,
    ...(rest === 0 ? [] : [`  and ${String(rest)} more, all of them with --json`]),
  ];
}
