import type { ModelPlan, NamedTensors } from '@archon-dse/tensor';
import { affineOf, type Affine } from '../channels.js';
import { fuseBlock } from '../main/fuse-block.js';
import { FusedRun, type FusedMain } from '../main/fused-main.kernel.js';
import { tensorOf } from '../tensor-of.js';
import { composeNorms, type BlockLayer, type FusedBlock, type Masks } from './fused-block.js';
import { shapeOf } from './shape-of.js';

/** One block of a plan, ready to run on the block's input again and again. */
export class BlockRun<M extends Masks = Masks> {
  readonly block: FusedBlock;
  readonly masks: M;
  readonly main: FusedRun;

  constructor(block: FusedBlock, masks: M, main: FusedMain) {
    this.block = block;
    this.masks = masks;
    this.main = new FusedRun(main);
  }

  /** Computes the block's output from its input. */
  run(x: Float32Array, y: Float32Array): void {
    this.masks.run(x);
    this.compute(x, y);
  }

  /** The block's output, from its input and the masks there are. */
  compute(x: Float32Array, y: Float32Array): void {
    this.main.run({ x, first: this.masks.first, second: this.masks.second }, y);
  }
}

/** A block of a plan as one convolution. @throws RangeError when a tensor is missing */
export function mainOf(plan: ModelPlan, tensors: NamedTensors, block: FusedBlock): FusedMain {
  const [first, second, third] = block.layers;
  const affine = (layer: BlockLayer): Affine => {
    const bias = layer.conv.bias === null ? undefined : tensorOf(tensors, layer.conv.bias);
    return composeNorms(layer, (node) => affineOf(node, tensors), bias);
  };
  const kernel = ({ conv }: BlockLayer): Float32Array => tensorOf(tensors, conv.kernel.weight);
  return fuseBlock(
    block,
    shapeOf(plan, block.input),
    [kernel(first), kernel(second), kernel(third)],
    [affine(first), affine(second), affine(third)],
  );
}
