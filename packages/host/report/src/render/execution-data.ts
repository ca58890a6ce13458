import type { LayerExecution } from '@archon-dse/core';
import { Indices, short } from './indices.js';

/** What executions found, as the page embeds it: every name, list and table once, referred to by its index. */
export interface PageExecutions {
  readonly names: readonly string[];
  /** Distinct executions of a layer. */
  readonly found: readonly PackedExecution[];
  /** Histograms, and maps: the number of their columns, then their shares in thousandths, row by row. */
  readonly pictures: readonly (readonly number[])[];
}

/** Name and value, name and value, ...: of histograms and maps the value is a picture. */
type Pairs = readonly number[];

type PackedExecution = readonly [
  cyclesAnalytical: number,
  stalls: Pairs,
  shares: Pairs,
  histograms: Pairs,
  maps: Pairs,
];

/** What a point has where any of its layers was executed. */
export interface PointExecutions {
  /** One a layer: index into `found`; -1 for layers that were not executed. */
  readonly executions: readonly number[];
  /** Set where histograms and maps were left out to keep the page small. */
  readonly withoutPictures?: true;
}

/** The most numbers of all histograms and maps in a page, about 4 bytes each. */
export const PICTURE_BUDGET = 200_000;

type Executed = readonly { readonly execution?: LayerExecution }[];

/** Packs what executions of points found; stalls and shares of all, pictures as long as the budget lasts, in the order in which points come. */
export class ExecutionPacker {
  readonly #names = new Indices();
  readonly #found = new Indices();
  readonly #pictures = new Indices();
  #numbers = 0;

  /** What the layers of a point have; nothing where none was executed. */
  addPoint(layers: Executed): Partial<PointExecutions> {
    if (layers.every(({ execution }) => execution === undefined)) return {};
    const pictures = new Map(
      layers.flatMap(({ execution }) => picturesOf(execution)).map((one) => [JSON.stringify(one), one]),
    );
    const fresh = [...pictures].filter(([text]) => !this.#pictures.has(text));
    const numbers = fresh.reduce((sum, [, { length }]) => sum + length, 0);
    const fits = this.#numbers + numbers <= PICTURE_BUDGET;
    if (fits) this.#numbers += numbers;
    return {
      executions: layers.map(({ execution }) => (execution === undefined ? -1 : this.#add(execution, fits))),
      ...(fits ? {} : { withoutPictures: true }),
    };
  }

  #add({ cyclesAnalytical, stalls, shares, histograms, maps }: LayerExecution, withPictures: boolean): number {
    const pairs = <T>(named: Readonly<Record<string, T>> | undefined, valueOf: (value: T) => number): Pairs =>
      Object.entries(named ?? {}).flatMap(([name, value]) => [this.#names.index(name), valueOf(value)]);
    const picture = (numbers: readonly number[]): number => this.#pictures.index(JSON.stringify(numbers));
    const packed: PackedExecution = [
      cyclesAnalytical,
      pairs(stalls, short),
      pairs(shares, short),
      pairs(withPictures ? histograms : {}, (counts) => picture(packHistogram(counts))),
      pairs(withPictures ? maps : {}, (table) => picture(packMap(table))),
    ];
    return this.#found.index(JSON.stringify(packed));
  }

  /** The table that points refer to; nothing where none was executed. */
  finish(): PageExecutions | undefined {
    if (this.#found.keys.length === 0) return undefined;
    return {
      names: this.#names.keys,
      found: this.#found.keys.map((text) => JSON.parse(text) as PackedExecution),
      pictures: this.#pictures.keys.map((text) => JSON.parse(text) as number[]),
    };
  }
}

function picturesOf(execution: LayerExecution | undefined): readonly (readonly number[])[] {
  const { histograms = {}, maps = {} } = execution ?? {};
  return [...Object.values(histograms).map(packHistogram), ...Object.values(maps).map(packMap)];
}

function packHistogram(counts: readonly number[]): readonly number[] {
  return counts.map(short);
}

/** Shares are shown to a thousandth. */
const STEPS = 1000;

function packMap(table: readonly (readonly number[])[]): readonly number[] {
  return [table[0]?.length ?? 0, ...table.flat().map((share) => Math.round(STEPS * share))];
}

function unpackMap([columns = 0, ...cells]: readonly number[]): readonly (readonly number[])[] {
  const rows = columns === 0 ? 0 : cells.length / columns;
  return Array.from({ length: rows }, (_, row) =>
    cells.slice(row * columns, (row + 1) * columns).map((cell) => cell / STEPS),
  );
}

/** An execution as it was packed; undefined for what is none. */
export function readExecution(
  index: number | undefined,
  table: PageExecutions | undefined,
): LayerExecution | undefined {
  const packed = table?.found[index ?? -1];
  if (packed === undefined || table === undefined) return undefined;
  const [cyclesAnalytical, stalls, shares, histograms, maps] = packed;
  const { names, pictures } = table;
  const named = <T>(pairs: Pairs, valueOf: (value: number) => T): Record<string, T> =>
    Object.fromEntries(
      pairs.flatMap((value, at) => (at % 2 === 0 ? [] : [[names[pairs[at - 1] ?? -1] ?? '', valueOf(value)]])),
    );
  return {
    cyclesAnalytical,
    stalls: named(stalls, (cycles) => cycles),
    shares: named(shares, (share) => share),
    histograms: named(histograms, (at) => pictures[at] ?? []),
    maps: named(maps, (at) => unpackMap(pictures[at] ?? [])),
  };
}
