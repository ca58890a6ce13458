import { addCosts, type Cost } from './costs.js';
import { PUBLISHED_TOTALS } from './data/published-totals.js';
import type { CyclesFrom } from './sparse.js';
import { tableKey, type BlockCosts, type NetworkTable } from './table.js';
import { readTable } from './text.js';

/** Phases of ARCHON, added over the blocks. */
interface PhaseTotals {
  readonly expand: Cost;
  readonly second: Cost;
  readonly main: Cost;
  readonly overhead: Cost;
}

/** Sums over a table. Whole networks include head and tail where the publication has them. */
export interface TableTotals {
  readonly blocks: { readonly dense: Cost; readonly sparse: Cost; readonly archon: Cost };
  readonly phases: PhaseTotals;
  readonly dense: Cost;
  readonly sparse: Cost;
  readonly archon: Cost;
  /** How many layers of the sparse blocks have cycles of each kind. */
  readonly sparseLayers: Readonly<Record<CyclesFrom, number>>;
}

/** The published totals of a table, as printed. */
export function publishedTotals(table: NetworkTable): Readonly<Record<string, string>> {
  return PUBLISHED.find((row) => row['table'] === tableKey(table.parameters)) ?? {};
}

/** Whole networks as the publication printed them. */
export function printedTotals(table: NetworkTable): Readonly<Record<'dense' | 'sparse' | 'archon', Cost>> {
  const row = publishedTotals(table);
  const cost = (name: string): Cost => ({ cycles: Number(row[`${name}_c`]), energyUj: Number(row[`${name}_e`]) });
  return { dense: cost('dense'), sparse: cost('sparse'), archon: cost('archon') };
}

export function totalsOf(table: NetworkTable): TableTotals {
  const outer = [...table.head, ...table.tail];
  const denseOuter = addCosts(outer.flatMap(({ dense }) => dense ?? []));
  const archonOuter = addCosts(outer.flatMap(({ archon }) => archon ?? []));
  const phase = (name: keyof PhaseTotals): Cost => addCosts(table.archon.map((block) => block[name]));
  const phases = {
    expand: phase('expand'),
    second: phase('second'),
    main: phase('main'),
    overhead: phase('overhead'),
  };
  const blocks = {
    dense: sumBlocks(table.dense),
    sparse: sumBlocks(table.sparse),
    archon: addCosts(Object.values(phases)),
  };
  return {
    blocks,
    phases,
    dense: addCosts([blocks.dense, denseOuter]),
    sparse: addCosts([blocks.sparse, denseOuter]),
    archon: addCosts([blocks.archon, archonOuter]),
    sparseLayers: sparseLayers(table),
  };
}

function sparseLayers({ sparse }: NetworkTable): TableTotals['sparseLayers'] {
  const kinds = sparse.flatMap((block) => Object.values(block)).map(({ cyclesFrom }) => cyclesFrom);
  const count = (kind: CyclesFrom): number => kinds.filter((each) => each === kind).length;
  return { recorded: count('recorded'), given: count('given'), overwritten: count('overwritten') };
}

function sumBlocks(blocks: readonly BlockCosts[]): Cost {
  return addCosts(blocks.flatMap(({ PW1, DW, PW2 }) => [PW1, DW, PW2]));
}

const PUBLISHED = readTable(PUBLISHED_TOTALS);
