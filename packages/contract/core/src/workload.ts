import type { Layer } from './network.js';
import type { Precision } from './precision.js';
import type { WeightMask } from './weight-mask.js';

/**
 * One layer as an accelerator sees it: the loop bounds of a single group and how many groups there are.
 *
 * Dimensions, as in Timeloop: C input channels, M output channels, R x S kernel, P x Q output plane (R pairs with P, S with Q),
 * N batch. A depthwise layer has `groups` equal to its channels, C = 1, and M = 1 unless it has a multiplier.
 */
export interface Problem {
  readonly C: number;
  readonly M: number;
  readonly R: number;
  readonly S: number;
  readonly P: number;
  readonly Q: number;
  readonly N: number;
  readonly strideP: number;
  readonly strideQ: number;
  /** Input rows (columns) from one kernel row (column) to the next; 1 unless given. */
  readonly dilationR?: number;
  readonly dilationS?: number;
}

/** Share of non-zero values of each data space, 0..1; absent means dense. */
export interface Density {
  readonly weights?: number;
  readonly inputs?: number;
  readonly outputs?: number;
}

export interface Workload {
  /** Name of the network layer it comes from. */
  readonly name: string;
  readonly block: string;
  readonly role: string;
  /**
   * A `matmul` multiplies two activations, one group a head and image: what stands in the place of the weights, M x C of each group, is the
   * result of a layer before. It has no parameters and no mask; a density or format of its weights is that of the second operand.
   */
  readonly op: 'conv' | 'depthwise' | 'dense' | 'matmul';
  readonly problem: Problem;
  readonly groups: number;
  /** Multiply-accumulates of all groups, for the whole batch. */
  readonly macs: number;
  readonly density?: Density;
  /** The formats of its values, where a stage has chosen them. */
  readonly precision?: Precision;
  /** Which weights are non-zero, where a pruned model is given; goes before the density of the weights. */
  readonly weightMask?: WeightMask;
  /** Figures that only some accelerators go by, under names with the namespace of whom they are for, e.g. `archon/fusedGroups`. */
  readonly facts?: Readonly<Record<string, number>>;
}

/** Work of a layer that is no multiply-accumulate: an activation, a normalisation, a pool, a join. Counts are for the whole batch. */
export interface VectorWork {
  /** Name of the network layer. */
  readonly name: string;
  readonly block: string;
  readonly role: string;
  readonly op: Layer['op'];
  /** What a `vector` layer computes; no other layer has it. */
  readonly function?: string;
  /** Values it reads, of all its inputs. */
  readonly inputs: number;
  /** Parameters it reads. */
  readonly parameters: number;
  /** Values it writes. */
  readonly outputs: number;
}
