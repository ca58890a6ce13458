import { fail, nonZeroShare, seededRandom, unpackMask, type Workload } from '@archon-dse/core';
import { DECLARED, type SparseOptions } from './options.js';

/** What is known about the zeros of a layer. */
export interface LayerWeights {
  /** Share of non-zero weights, 0..1. */
  readonly density: number;
  /** One entry a weight of all groups, group by group, as `unpackMask` gives it; absent where only the density counts. */
  readonly mask?: Uint8Array;
  /** Where this comes from, for the notes. */
  readonly origin: string;
}

const DENSE: LayerWeights = { density: 1, origin: 'dense' };

/** Blocks that the published pruned networks leave dense. */
const UNPRUNED_BLOCKS: readonly string[] = ['head', 'b0', 'tail'];

/**
 * The zeros of every layer: its mask; else its density; else, in a network of which no layer has either, the density the options declare for
 * its operation, in all blocks but head, b0 and tail. Everything else is dense: squeeze-and-excite, classifiers, and products of two
 * activations, which cannot be compressed beforehand. A density
 * below 1 becomes a random mask unless the options ask for expectations.
 *
 * @throws ArchonError ARCHON_RESULT_INVALID when the density of a layer is not a share
 */
export function layerWeights(
  workloads: readonly Workload[],
  options: SparseOptions,
  seed: number,
): readonly LayerWeights[] {
  const isPruned = hasMeasured(workloads);
  return workloads.map((workload): LayerWeights => {
    if (workload.op === 'matmul') return DENSE;
    if (workload.weightMask !== undefined) {
      const mask = unpackMask(workload.weightMask);
      return { density: nonZeroShare(mask), mask, origin: 'of the pruned model' };
    }
    const density = isPruned ? measuredDensity(workload) : declaredDensity(workload, options);
    if (density === 1) return DENSE;
    if (options.masks === 'expected') return { density, origin: 'expected over random masks' };
    const mask = randomMask(workload, density, seed);
    return { density: nonZeroShare(mask), mask, origin: 'of a random mask' };
  });
}

/**
 * Refuses a declared density that no layer of a network has.
 *
 * @throws ArchonError ARCHON_BAD_OPTION
 */
export function checkDeclared(workloads: readonly Workload[], options: SparseOptions): void {
  if (hasMeasured(workloads)) return;
  const used = new Set(workloads.map(declaredBy));
  for (const name of DECLARED) {
    if (options[name] === 1 || used.has(name)) continue;
    fail({
      code: 'ARCHON_BAD_OPTION',
      message: `option ${name} is ${String(options[name])}, and the network has no layer it says anything about`,
      expected: `1, or a network with ${name === 'depthwiseDensity' ? 'a depthwise' : 'another'} convolution in a block b1 or later`,
      path: `options.${name}`,
    });
  }
}

/** Whether a stage says which weights are zero. */
function hasMeasured(workloads: readonly Workload[]): boolean {
  return workloads.some(({ density, weightMask }) => (weightMask ?? density?.weights) !== undefined);
}

function declaredDensity(workload: Workload, options: SparseOptions): number {
  const name = declaredBy(workload);
  return name === undefined ? 1 : options[name];
}

/** The option that declares the density of a layer. */
function declaredBy({ op, role, block }: Workload): (typeof DECLARED)[number] | undefined {
  if (UNPRUNED_BLOCKS.includes(block) || role === 'squeeze') return undefined;
  if (op === 'depthwise') return 'depthwiseDensity';
  return op === 'conv' ? 'pointwiseDensity' : undefined;
}

function measuredDensity({ name, density }: Workload): number {
  const { weights = 1 } = density ?? {};
  if (weights >= 0 && weights <= 1) return weights;
  return fail({
    code: 'ARCHON_RESULT_INVALID',
    message: `the density of the weights of layer "${name}" is ${String(weights)}`,
    expected: 'a share from 0 to 1',
    layer: name,
  });
}

/** Each weight is non-zero with the probability of the density, independently. */
function randomMask({ name, problem: { C, M, R, S }, groups }: Workload, density: number, seed: number): Uint8Array {
  const random = seededRandom(seed, `mask of ${name}`);
  return Uint8Array.from({ length: M * groups * C * R * S }, () => (random() < density ? 1 : 0));
}
