import type { DataSpace, Dim } from '@archon-dse/loop-nest';
import type { NamedProblem } from './read-problem.js';

/** Our loops that index each data space. */
const RELEVANT: Readonly<Record<DataSpace, readonly Dim[]>> = {
  Weights: ['C', 'M', 'R', 'S', 'G'],
  Inputs: ['C', 'R', 'S', 'P', 'Q', 'N', 'G'],
  Outputs: ['M', 'P', 'Q', 'N', 'G'],
};

/** The dimensions of a problem that index a data space, by their names in the files. */
export function relevantDims({ dims }: NamedProblem, space: DataSpace): readonly string[] {
  return [...dims].filter(([, ours]) => RELEVANT[space].includes(ours)).map(([theirs]) => theirs);
}
