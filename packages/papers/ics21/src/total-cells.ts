import type { CellRow } from './cells.js';
import type { Cost } from './costs.js';
import { isPublished } from './mappings.js';
import type { NetworkTable } from './table.js';
import type { TableTotals } from './totals.js';

/**
 * Totals under their published names. Energies that rest on a mapping of ours are left out: only their cycles are comparable. So are
 * sparse cycles that are nothing but sums of quoted ones.
 */
export function totalRow(table: NetworkTable, totals: TableTotals): CellRow {
  const { blocks, phases } = totals;
  const known = publishedParts(table);
  const baseline = known.blocks && known.outerDense;
  const archon = known.expand && known.second && known.main;
  const cost = (name: string, { cycles, energyUj }: Cost, energyIsComparable: boolean): [string, number][] => [
    [`${name}_c`, cycles],
    ...(energyIsComparable ? [[`${name}_e`, energyUj] satisfies [string, number]] : []),
  ];
  const sparse = [...cost('sparse', totals.sparse, baseline), ...cost('bn_sparse', blocks.sparse, known.blocks)].filter(
    ([name]) => totals.sparseLayers.recorded > 0 || !name.endsWith('_c'),
  );
  return {
    row: 'total',
    cells: Object.fromEntries([
      ...cost('dense', totals.dense, baseline),
      ...cost('bn_dense', blocks.dense, known.blocks),
      ...sparse,
      ...cost('archon', totals.archon, archon && known.outerArchon),
      ...cost('bn_archon', blocks.archon, archon),
      ...cost('bn_d', phases.expand, known.expand),
      ...cost('bn_v', phases.second, known.second),
      ...cost('bn_m', phases.main, known.main),
      ['bn_o_e', phases.overhead.energyUj],
    ]),
  };
}

type Part = 'blocks' | 'outerDense' | 'outerArchon' | 'expand' | 'second' | 'main';

/** Which parts of a table rest on published mappings only. */
export function publishedParts(table: NetworkTable): Readonly<Record<Part, boolean>> {
  const phase = (name: string): boolean =>
    table.archon.every(({ phases }) =>
      phases.every(({ phase, mapped }) => phase !== name || (mapped !== undefined && isPublished(mapped.evaluation))),
    );
  const outer = [...table.head, ...table.tail];
  return {
    blocks: table.denseLayers.flat().every(({ evaluation }) => isPublished(evaluation)),
    outerDense: outer.every(({ dense }) => dense === undefined || isPublished(dense.evaluation)),
    outerArchon: outer.every(({ archon }) => archon === undefined || isPublished(archon.evaluation)),
    expand: phase('predict-expand'),
    second: phase('predict-second'),
    main: phase('main'),
  };
}
