import type { ModelPlan, NamedTensors } from '@archon-dse/tensor';
import { affineOf } from '../channels.js';
import { fuseBlock } from '../main/fuse-block.js';
import { FusedRun, type FusedMain } from '../main/fused-main.kernel.js';
import { encode } from '../prediction/predict.kernel.js';
import { Predictor } from '../prediction/predictor.js';
import { tensorOf } from '../tensor-of.js';
import { composeNorms, type FusedBlock } from './fused-block.js';

/** One block of a plan, ready to run on the block's input again and again. */
export class BlockRun {
  readonly block: FusedBlock;
  readonly first: Predictor;
  readonly second: Predictor;
  private readonly codes: Int8Array;
  private readonly main: FusedRun;

  /**
   * @param change - alters the fused convolution; as it is unless given
   * @throws RangeError when a tensor is missing, or a kernel that is kept ternary is not
   */
  constructor(
    plan: ModelPlan,
    tensors: NamedTensors,
    block: FusedBlock,
    change = (main: FusedMain): FusedMain => main,
  ) {
    const [first, second, third] = block.layers;
    const shapeOf = (name: string) => plan.nodes.find((node) => node.name === name)?.shape ?? first.conv.shape;
    const input = shapeOf(block.input);
    const middle = shapeOf(second.conv.inputs[0] ?? '');
    const affine = (layer: FusedBlock['layers'][number]) =>
      composeNorms(
        layer,
        (node) => affineOf(node, tensors),
        layer.conv.bias === null ? undefined : tensorOf(tensors, layer.conv.bias),
      );
    const kernel = (layer: FusedBlock['layers'][number]) => tensorOf(tensors, layer.conv.kernel.weight);
    const spatial = second.conv.op === 'depthwise' ? middle : shapeOf(third.conv.inputs[0] ?? '');
    this.block = block;
    this.first = new Predictor(
      plan,
      tensors,
      first,
      input,
      Int32Array.from({ length: input[2] }, (_, c) => c),
    );
    this.second = new Predictor(plan, tensors, second, middle, first.order);
    const main = fuseBlock(
      block,
      [spatial[0], spatial[1], input[2]],
      [kernel(first), kernel(second), kernel(third)],
      [affine(first), affine(second), affine(third)],
    );
    this.main = new FusedRun(change(main));
    this.codes = new Int8Array(input[0] * input[1] * input[2]);
  }

  /** Computes the block's output from its input. */
  run(x: Float32Array, y: Float32Array): void {
    this.predictFirst(x);
    this.predictSecond();
    this.compute(x, y);
  }

  /** Masks of the first ReLU and codes of what passes it, from the block's input. */
  predictFirst(x: Float32Array): void {
    encode(x, this.codes);
    this.first.run(this.codes);
  }

  /** Masks of the second ReLU, from the codes behind the first. */
  predictSecond(): void {
    this.second.run(this.first.codes);
  }

  /** The block's output, from its input and the masks there are. */
  compute(x: Float32Array, y: Float32Array): void {
    this.main.run({ x, first: this.first.masks, second: this.second.masks }, y);
  }
}
