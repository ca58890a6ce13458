import { loopText, reportName, type Note, type Report } from '@archon-dse/timeloop';
import { formatArea, formatEnergy, formatNumber, formatShare } from '../terminal/format.js';
import { formatTable } from '../terminal/table.js';

/** An evaluated mapping for people: its figures, the nest, and a table of what each level does. */
export function reportText(report: Report, title: readonly string[]): string {
  return [[...title, figuresText(report)].join('\n'), nestText(report), accessText(report)].join('\n\n');
}

function figuresText({ evaluation, areaUm2 }: Report): string {
  const { cycles, utilization, energyPj, macs } = evaluation;
  const energy = `${formatEnergy(energyPj)}, ${formatNumber(energyPj / macs)} pJ a MAC`;
  return `${formatNumber(cycles)} cycles at ${formatShare(utilization, 1)} utilization, ${energy}, ${formatArea(areaUm2)}`;
}

/** The loops with the words each level holds at once. */
function nestText({ levels }: Report): string {
  let depth = 0;
  const rows = levels.flatMap((level) => {
    const held = level.kept.map(({ name, tileWords }) => `${name} ${formatNumber(tileWords)}`).join(' + ');
    const size = level.placed.storage?.sizeWords;
    const words = level.kept.reduce((sum, { tileWords }) => sum + tileWords, 0);
    const fill = size === undefined || words === 0 ? '' : ` of ${formatNumber(size)} (${formatShare(words / size, 1)})`;
    const holds = held === '' ? 'nothing; it spreads the loops' : held + fill;
    const loops = level.loops.map((loop) => `${' '.repeat(depth++)}${loopText(loop)}`);
    const [first = '', ...others] = loops;
    return [[reportName(level), first, holds], ...others.map((loop) => ['', loop, ''])];
  });
  return formatTable(['level', 'loops', 'holds at once, in words'], rows);
}

function accessText({ levels, compute, evaluation }: Report): string {
  const rows = levels.flatMap((level) =>
    level.kept.map(({ name, reads, updates, fills, energyPj }) => [
      reportName(level),
      name,
      formatNumber(level.used),
      ...[reads, updates, fills].map(formatNumber),
      formatEnergy(energyPj),
    ]),
  );
  const macs = [
    compute.name,
    'MACs',
    formatNumber(compute.used),
    formatNumber(evaluation.macs / compute.used),
    '',
    '',
    formatEnergy(compute.energyPj),
  ];
  return formatTable(
    ['level', 'data', 'instances', 'reads each', 'updates each', 'fills each', 'energy'],
    [...rows, macs],
  );
}

/** What the files say without effect, one a line with its place. */
export function noteLines(notes: readonly Note[]): readonly string[] {
  return notes.map(({ message, location }) => {
    const place = location === undefined ? '' : `${location.file}:${String(location.line)}: `;
    return `note: ${place}${message}`;
  });
}
