import { readFileSync } from 'node:fs';
import { type Dim, type Mapping, parseMapping } from '@archon-dse/loop-nest';

export const LEVELS = ['WIO', 'IO', '', 'I', 'W', 'O'].map((kept) => ({
  name: kept,
  keeps: (['Weights', 'Inputs', 'Outputs'] as const).filter((space) => kept.includes(space.charAt(0))),
  blockSize: 1,
  accessEnergyPj: 1,
  meshX: 8,
  meshY: 9,
}));

/** Loops of DRAM, global buffer, columns and the three scratchpads. */
export function nest(...loops: readonly string[]): Mapping {
  const tags = LEVELS.map(({ name }, index) => `L${LEVELS.length - 1 - index}[${name}]`);
  return parseMapping(tags.map((tag, index) => `${tag} ${loops[index] || 'Q1'}`).join(' - '), { levels: LEVELS });
}

export interface PublishedLayer {
  readonly name: string;
  readonly mapping: Mapping;
  readonly figures: readonly number[];
  /** Non-zero weights by pass and PE. */
  readonly counts: readonly (readonly number[])[];
}

export function readPublished(): readonly PublishedLayer[] {
  const text = readFileSync(new URL('../test-data/published-sparse.csv', import.meta.url), 'utf8');
  const [, ...lines] = text
    .trimEnd()
    .split('\n')
    .filter((line) => !line.startsWith('#'));
  return lines.map((line) => {
    const columns = line.split(',');
    const counts = (columns[9] ?? '').split('/').filter((pass) => pass !== '');
    return {
      name: `${columns[0]} ${columns[1]}`,
      mapping: parseMapping(columns[10] ?? '', { levels: LEVELS }),
      figures: columns.slice(2, 9).map(Number),
      counts: counts.map((pass) => pass.split(' ').map(Number)),
    };
  });
}

/** A mask whose blocks hold the given numbers of non-zero weights, put into the first weights of each block. */
export function maskWith(mapping: Mapping, counts: readonly (readonly number[])[]): Uint8Array {
  const mask: number[] = [];
  const used = new Map<string, number>();
  const once = mapping.map((level) => level.filter(({ dim }) => 'MCRS'.includes(dim)));
  visit(once, ({ pass, pe, weight }) => {
    const key = `${pass} ${pe}`;
    const position = used.get(key) ?? 0;
    used.set(key, position + 1);
    mask[weight] = position < (counts[pass]?.[pe] ?? NaN) ? 1 : 0;
  });
  return Uint8Array.from(mask);
}

interface Iteration {
  /** Place among passes (PEs) with weights of their own. */
  readonly pass: number;
  readonly pe: number;
  readonly fullPass: string;
  readonly fullPe: string;
  readonly weight: number;
  /** Index of each dimension. */
  readonly index: (dim: Dim) => number;
}

/** A loop, the place it has now, and how far a step of it moves in its dimension. */
interface PlacedLoop {
  readonly dim: Dim;
  readonly bound: number;
  readonly isTemporal: boolean;
  readonly isOuter: boolean;
  readonly unit: number;
  at: number;
}

/** Every iteration of the nest, in order. */
export function visit(mapping: Mapping, each: (iteration: Iteration) => void): void {
  const sizes: Record<Dim, number> = { M: 1, C: 1, R: 1, S: 1, P: 1, Q: 1, N: 1, G: 1 };
  const loops = mapping.flatMap((level, l) => level.map((loop) => ({ ...loop, isOuter: l < 3 })));
  const innerFirst = loops.reverse().map(({ dim, bound, kind, isOuter }): PlacedLoop => {
    const unit = sizes[dim];
    sizes[dim] *= bound;
    return { dim, bound, isTemporal: kind === 'temporal', isOuter, unit, at: 0 };
  });
  const total = innerFirst.reduce((product, { bound }) => product * bound, 1);
  for (let step = 0; step < total; step += 1) {
    let rest = step;
    for (const loop of innerFirst) {
      loop.at = rest % loop.bound;
      rest = Math.floor(rest / loop.bound);
    }
    each(iterationAt(innerFirst, sizes));
  }
}

function iterationAt(
  innerFirst: readonly PlacedLoop[],
  sizes: Readonly<Record<'M' | 'C' | 'R' | 'S', number>>,
): Iteration {
  const index = (dim: Dim): number =>
    innerFirst.reduce((sum, loop) => sum + (loop.dim === dim ? loop.at * loop.unit : 0), 0);
  const place = (isTemporal: boolean, ofWeights: boolean): number =>
    innerFirst
      .filter((loop) => loop.isOuter && loop.isTemporal === isTemporal && 'MCRS'.includes(loop.dim) === ofWeights)
      .reduceRight((sum, { bound, at }) => sum * bound + at, 0);
  return {
    pass: place(true, true),
    pe: place(false, true),
    fullPass: `${place(true, true)} ${place(true, false)}`,
    fullPe: `${place(false, true)} ${place(false, false)}`,
    index,
    weight: ((index('M') * sizes.C + index('C')) * sizes.R + index('R')) * sizes.S + index('S'),
  };
}
