import type { Problem } from '@archon-dse/loop-nest';

/** What is left of the weights of a block: the share of weight triples, or the densities of the three layers it is the product of. */
export type Kept =
  { readonly fraction: number } | { readonly densities: readonly [first: number, second: number, third: number] };

/**
 * A bottleneck of three convolutions that ARCHON executes as one, without activations between them. The output plane is square.
 *
 * `pw-dw-pw` expands, convolves each channel, projects; `pw-pw-dw` expands, projects, then convolves each output channel.
 */
export interface FusedBlock {
  readonly name: string;
  readonly inChannels: number;
  readonly midChannels: number;
  readonly outChannels: number;
  /** Of the depthwise layer; the fused convolution has the same. */
  readonly kernel: number;
  readonly stride: number;
  /** Groups of the pointwise layers. */
  readonly groups: number;
  /** A channel shuffle between the pointwise layers lets every output depend on every input. */
  readonly mixesGroups: boolean;
  /** Width and height of the input, px; `outputWidth` x `stride` unless given. */
  readonly inputWidth?: number;
  /** Width and height of the output, px. */
  readonly outputWidth: number;
  readonly order: 'pw-dw-pw' | 'pw-pw-dw';
  /** Bits of the activations the predictors read. */
  readonly activationBits: number;
  readonly kept: Kept;
}

/** A loop nest that is run once for each group. */
export interface Nest {
  readonly problem: Problem;
  readonly repeats: number;
}

/** Share of the weight triples of a block that survive pruning, 0..1. */
export function keptFraction({ kept }: FusedBlock): number {
  return 'fraction' in kept ? kept.fraction : kept.densities.reduce((product, density) => product * density, 1);
}

/** A text equal for blocks that differ in their names only; most blocks of a network repeat the one before. */
export function shapeOf(block: FusedBlock): string {
  const { inChannels, midChannels, outChannels, kernel, stride, groups, mixesGroups, outputWidth, kept } = block;
  const channels = `${inChannels},${midChannels},${outChannels}`;
  const window = `${kernel},${stride},${groups},${inputWidth(block)},${outputWidth}`;
  const weights = 'fraction' in kept ? kept.fraction : kept.densities.join('x');
  return `${block.order} ${channels},${window} ${mixesGroups} ${block.activationBits} ${weights}`;
}

/** The first pointwise layer, as its predictor computes it. */
export function expandNest(block: FusedBlock): Nest {
  const { inChannels, midChannels, groups } = block;
  return { problem: pointwise(inChannels / groups, midChannels / groups, inputWidth(block)), repeats: groups };
}

/**
 * The second layer, as its predictor computes it.
 *
 * @param ownChannel whether each channel of a depthwise layer reads an input channel of its own; the published runs let all of them
 *   read one single channel
 */
export function secondNest(block: FusedBlock, ownChannel: boolean): Nest {
  const { midChannels, outChannels, kernel, stride, groups, outputWidth, order } = block;
  if (order === 'pw-pw-dw') {
    return { problem: pointwise(midChannels / groups, outChannels / groups, inputWidth(block)), repeats: groups };
  }
  const problem = convolution(1, midChannels, kernel, outputWidth, stride);
  return { problem: ownChannel ? { ...problem, depthwise: true } : problem, repeats: 1 };
}

/**
 * The fused convolution: straight from the inputs to the outputs of the block, whatever lies between.
 *
 * @param separateGroups one nest for each group; otherwise all outputs read the channels of one and the same group, as published
 */
export function mainNest(block: FusedBlock, separateGroups: boolean): Nest {
  const { inChannels, outChannels, kernel, outputWidth, stride } = block;
  const groups = separateGroups && block.mixesGroups ? 1 : block.groups;
  const repeats = separateGroups ? groups : 1;
  return { problem: convolution(inChannels / groups, outChannels / repeats, kernel, outputWidth, stride), repeats };
}

/** Outputs of all repeats of a nest. */
export function outputWords({ problem, repeats }: Nest): number {
  return problem.M * problem.P * problem.Q * problem.N * repeats;
}

function inputWidth({ inputWidth: given, outputWidth, stride }: FusedBlock): number {
  return given ?? outputWidth * stride;
}

function pointwise(c: number, m: number, width: number): Problem {
  return convolution(c, m, 1, width, 1);
}

function convolution(c: number, m: number, kernel: number, width: number, stride: number): Problem {
  return { C: c, M: m, R: kernel, S: kernel, P: width, Q: width, N: 1, strideP: stride, strideQ: stride };
}
