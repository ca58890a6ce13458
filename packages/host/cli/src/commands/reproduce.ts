import { makeFolder } from '@archon-dse/core/files';
import {
  networkTitle,
  readRules,
  reproduceIcs21,
  sparseNote,
  type NetworkTotals,
  type Reproduction,
  type RuleEffect,
} from '@archon-dse/ics21';
import { inCwd, type Context } from '../context.js';
import { figuresByState, type FiguresByState } from '../paper/figures-by-state.js';
import { formatNumber } from '../terminal/format.js';
import { formatTable } from '../terminal/table.js';
import { writePaper } from '../paper/write-paper.js';

interface Flags {
  readonly network?: string;
  readonly dataset?: string;
  readonly rules: readonly string[];
  readonly out?: string;
  readonly json?: boolean;
}

/** Mismatches listed for people; `--json` has all. */
const SHOWN_MISMATCHES = 10;

/** `archon reproduce PUBLICATION`: published tables computed again and compared cell by cell. */
export async function reproduce(
  context: Context,
  _publication: string,
  { network, dataset, rules, out, json }: Flags,
): Promise<void> {
  const options = {
    ...(network === undefined ? {} : { network }),
    ...(dataset === undefined ? {} : { dataset }),
    rules: readRules(rules),
  };
  const folder = out === undefined ? undefined : inCwd(context, out);
  if (folder !== undefined) makeFolder(folder); // refused before a minute of work, not after it
  context.output.live(['Computing the published tables']);
  const reproduction = reproduceIcs21(options);
  const figures = figuresByState(reproduction, options);
  const totals = withCorrected(reproduction, figures);
  const page =
    folder === undefined ? undefined : await writePaper(folder, { ...reproduction, totals }, reproduction, figures);
  context.output.live([]);
  if (json) context.output.json({ ...reproduction, totals });
  else context.output.result(reproductionText(reproduction, totals) + (page === undefined ? '' : `\n\npage  ${page}`));
}

/** The totals under the rules asked for, and, where those are others, with everything corrected. */
function withCorrected({ totals }: Reproduction, figures: FiguresByState): readonly NetworkTotals[] {
  if (totals.every(({ method }) => method === 'corrected')) return totals;
  return [...totals, ...figures('corrected').totals];
}

function reproductionText(reproduction: Reproduction, totals: readonly NetworkTotals[]): string {
  const { areas, headline } = reproduction;
  return [
    comparisonText(reproduction),
    totalsText(totals),
    rulesText(reproduction.rules),
    `area  dense ${formatNumber(areas.denseUm2)} um2, ARCHON ${formatNumber(areas.archonUm2)} um2 (${areas.ratio.toFixed(3)}x)`,
    `"${headline.claim}": ${headline.note}`,
  ].join('\n\n');
}

function comparisonText({ tables }: Reproduction): string {
  const rows = tables.map((one) => [one.network, one.dataset, one.table, one.cells, one.matched, one.quoted]);
  const total = (count: 'cells' | 'matched' | 'quoted'): number => tables.reduce((sum, one) => sum + one[count], 0);
  const mismatches = tables.flatMap(({ network, dataset, table, mismatches }) =>
    mismatches.map(
      ({ row, column, published, ours }) =>
        `${network}/${dataset} ${table} ${row} ${column}: published ${published}, ours ${formatNumber(ours)}`,
    ),
  );
  const hidden = mismatches.length - SHOWN_MISMATCHES;
  return [
    formatTable(['network', 'dataset', 'table', 'cells', 'matched', 'quoted'], rows),
    `${formatNumber(total('matched'))} of ${formatNumber(total('cells'))} computed cells match; ${formatNumber(total('quoted'))} more are quoted, not computed.`,
    ...mismatches.slice(0, SHOWN_MISMATCHES),
    ...(hidden > 0 ? [`and ${hidden} more; --json lists them all`] : []),
  ].join('\n');
}

function totalsText(totals: readonly NetworkTotals[]): string {
  const rows = totals.map((total) => [
    total.network,
    total.dataset,
    total.baseline,
    total.method,
    total.mappings,
    ...[total.dense, total.sparse, total.archon].flatMap(({ cycles, energyUj }) => [
      formatNumber(cycles),
      energyUj.toFixed(2),
    ]),
    `${total.speedupDense.toFixed(3)}x`,
    `${total.speedupSparse.toFixed(3)}x`,
  ]);
  const costs = ['dense', 'sparse', 'ARCHON'].flatMap((name) => [`${name} cycles`, 'uJ']);
  const head = ['network', 'dataset', 'baseline', 'method', 'mappings', ...costs, 'vs dense', 'vs sparse'];
  return [
    formatTable(head, rows),
    'Searched mappings give the published cycles; their energies are ours.',
    ...quotedCycles(totals),
  ].join('\n');
}

/** One line a network, under whatever rules. */
function quotedCycles(totals: readonly NetworkTotals[]): readonly string[] {
  const lines = totals
    .filter(({ sparseCycles }) => sparseCycles !== 'recorded')
    .map(({ network, dataset, sparseLayers }) => `${networkTitle(network, dataset)}: ${sparseNote(sparseLayers)}`);
  return [...new Set(lines)];
}

function rulesText(rules: readonly RuleEffect[]): string {
  const rows = rules.map((rule) => [rule.name, rule.state, largestEffect(rule), rule.published, rule.corrected]);
  return formatTable(['rule', 'state', 'largest effect alone', 'published', 'corrected'], rows);
}

/** The change of the area, or of the total that changes most in cycles, then in energy. */
function largestEffect({ effects, areaUm2 }: RuleEffect): string {
  if (areaUm2 !== 0) return `ARCHON area ${formatNumber(areaUm2)} um2`;
  const size = (value: number): number => Math.abs(value);
  const [largest] = [...effects].sort((a, b) => size(b.cycles) - size(a.cycles) || size(b.energyUj) - size(a.energyUj));
  if (largest === undefined) return 'labels only';
  const { network, dataset, accelerator, cycles, energyUj } = largest;
  return `${network}/${dataset} ${accelerator} ${formatNumber(cycles)} cycles, ${energyUj.toFixed(2)} uJ`;
}
