import { DATA_SPACES, DIMS, type DataSpace, type Dim } from '@archon-dse/loop-nest';
import type { Shape, ShapeSpace, Term } from './shape.js';

/** A shape found to be a convolution: which of our loops and data spaces each of its names is. */
export interface Match {
  /** By the shape's names of dimensions. */
  readonly dims: ReadonlyMap<string, Dim>;
  /** By our names. */
  readonly spaces: Readonly<Record<DataSpace, string>>;
  /** Coefficients of the windows, by the name of the shape; nothing stands for 1. */
  readonly steps: Readonly<Record<'strideP' | 'strideQ' | 'dilationR' | 'dilationS', string | undefined>>;
}

/** Why a shape is none, in words. */
export class NoMatch extends Error {}

/** The loops of ours that index the given data spaces alone, in the order they are given away. */
const PLACES: Readonly<Record<string, readonly Dim[]>> = {
  WI: ['C', 'R', 'S'],
  WO: ['M'],
  IO: ['N', 'P', 'Q'],
  WIO: ['G'],
};
const KERNELS = { R: 'P', S: 'Q' } as const;

/**
 * Matches a shape with a convolution, whatever its letters: a GEMM has no windows, a grouped convolution a dimension in all data spaces.
 *
 * @param bounds - a dimension of a single step may be any loop that is left over
 * @throws NoMatch with the reason
 */
export function matchShape(shape: Shape, bounds: ReadonlyMap<string, number>): Match {
  const spaces = spacesOf(shape);
  const windows = windowsOf(spaces.Inputs);
  const taken = new Map<Dim, string>();
  const steps = { strideP: undefined, strideQ: undefined, dilationR: undefined, dilationS: undefined } as Record<
    keyof Match['steps'],
    string | undefined
  >;
  for (const terms of windows) placeWindow(terms, spaces, taken, steps);
  const placed = new Set(taken.values());
  const idle = shape.dims.filter((dim) => bounds.get(dim) === 1 && candidatesOf(dim, spaces, new Map()).length === 0);
  const rest = shape.dims.filter((dim) => !placed.has(dim) && !idle.includes(dim));
  // Dimensions that are called what they are keep their letters, before others take what is left.
  const sure = rest.filter((dim) => candidatesOf(dim, spaces, taken).includes(dim as Dim));
  for (const dim of sure) taken.set(dim as Dim, dim);
  for (const dim of rest) if (!sure.includes(dim)) placePlain(dim, spaces, taken);
  for (const dim of idle) {
    const place = DIMS.find((each) => !taken.has(each));
    if (place === undefined) throw new NoMatch(`it has more than ${DIMS.length} dimensions`);
    taken.set(place, dim);
  }
  return {
    dims: new Map([...taken].map(([ours, theirs]) => [theirs, ours])),
    spaces: { Weights: spaces.Weights.name, Inputs: spaces.Inputs.name, Outputs: spaces.Outputs.name },
    steps,
  };
}

type Spaces = Readonly<Record<DataSpace, ShapeSpace>>;

/** Which data space is which: the one that is written are the outputs, inputs have the windows, else weights their name or the second place. */
function spacesOf({ spaces }: Shape): Spaces {
  const outputs = spaces.filter((space) => space.isOutput);
  const read = spaces.filter((space) => !space.isOutput);
  const [Outputs] = outputs;
  const [first, second] = read;
  if (
    Outputs === undefined ||
    outputs.length !== 1 ||
    first === undefined ||
    second === undefined ||
    read.length !== 2
  ) {
    throw new NoMatch(
      `it has ${read.length} data spaces that are read and ${outputs.length} that are written (read_write), not two and one`,
    );
  }
  const isWindowed = (space: ShapeSpace): boolean => space.ranks.some((terms) => terms.length > 1);
  if (isWindowed(Outputs)) throw new NoMatch(`the index of ${Outputs.name} is a sum; only inputs have windows`);
  if (isWindowed(first) && isWindowed(second)) throw new NoMatch(`${first.name} and ${second.name} both have windows`);
  const isSwapped = isWindowed(second) || (!isWindowed(first) && /weight|filter|kernel/i.test(first.name));
  return isSwapped ? { Weights: first, Inputs: second, Outputs } : { Weights: second, Inputs: first, Outputs };
}

function windowsOf(inputs: ShapeSpace): readonly (readonly Term[])[] {
  return inputs.ranks.filter((terms) => terms.length > 1 || terms.some(({ coefficient }) => coefficient !== undefined));
}

/** Gives the dimensions of a window their place: the one of the weights is R or S, the one of the outputs P or Q. */
function placeWindow(
  terms: readonly Term[],
  spaces: Spaces,
  taken: Map<Dim, string>,
  steps: Record<string, string | undefined>,
): void {
  if (terms.length > 2) throw new NoMatch(`an index of ${spaces.Inputs.name} has ${terms.length} terms, not two`);
  const kernel = terms.find(({ dim }) => usesOf(dim, spaces) === 'WI');
  const position = terms.find(({ dim }) => usesOf(dim, spaces) === 'IO');
  if ([kernel, position].filter((term) => term !== undefined).length !== terms.length) {
    const names = terms.map(({ dim }) => dim).join(' and ');
    throw new NoMatch(
      `${names} make an index of ${spaces.Inputs.name}, but are not one of the weights and one of the outputs`,
    );
  }
  const free = (['R', 'S'] as const).filter((letter) => !taken.has(letter) && !taken.has(KERNELS[letter]));
  const wanted = free.find((letter) => letter === kernel?.dim || KERNELS[letter] === position?.dim) ?? free[0];
  if (wanted === undefined) throw new NoMatch(`${spaces.Inputs.name} has more than two windows`);
  const along = KERNELS[wanted];
  if (kernel !== undefined) taken.set(wanted, kernel.dim);
  if (position !== undefined) taken.set(along, position.dim);
  steps[`dilation${wanted}`] = kernel?.coefficient;
  steps[`stride${along}`] = position?.coefficient;
}

function placePlain(dim: string, spaces: Spaces, taken: Map<Dim, string>): void {
  const [place] = candidatesOf(dim, spaces, taken);
  if (place !== undefined) return void taken.set(place, dim);
  const uses = usesOf(dim, spaces);
  const names = DATA_SPACES.filter((space) => uses.includes(space.charAt(0))).map((space) => spaces[space].name);
  if (names.length < 2)
    throw new NoMatch(
      `dimension ${dim} indexes ${names[0] ?? 'no data space'} alone, which no loop of a convolution does`,
    );
  const others = (PLACES[uses] ?? []).flatMap((letter) => taken.get(letter) ?? []);
  throw new NoMatch(`dimension ${dim} indexes ${names.join(' and ')}, as ${others.join(', ')} does already`);
}

/** Our loops that a dimension could be. One half of a window that is taken takes the other half with it. */
function candidatesOf(dim: string, spaces: Spaces, taken: ReadonlyMap<Dim, string>): readonly Dim[] {
  const pairs: Partial<Record<Dim, Dim>> = { R: 'P', P: 'R', S: 'Q', Q: 'S' };
  return (PLACES[usesOf(dim, spaces)] ?? []).filter((place) => {
    const other = pairs[place];
    return !taken.has(place) && (other === undefined || !taken.has(other));
  });
}

/** The data spaces that a dimension indexes, as letters: `WI`. */
function usesOf(dim: string, spaces: Spaces): string {
  const uses = DATA_SPACES.filter((space) =>
    spaces[space].ranks.some((terms) => terms.some((term) => term.dim === dim)),
  );
  return uses.map((space) => space.charAt(0)).join('');
}

/** Bounds of all our loops, 1 where the shape has none. */
export function boundsOf({ dims }: Match, bounds: ReadonlyMap<string, number>): Readonly<Record<Dim, number>> {
  const of = (ours: Dim): number => {
    const theirs = [...dims].find(([, dim]) => dim === ours)?.[0];
    return theirs === undefined ? 1 : (bounds.get(theirs) ?? 1);
  };
  return Object.fromEntries(DIMS.map((dim) => [dim, of(dim)])) as Record<Dim, number>;
}
