import type { ModelPlan, NamedTensors } from '@archon-dse/tensor';
import type { FusedBlock, Masks } from '../block/fused-block.js';
import { shapeOf } from '../block/shape-of.js';
import { encode } from './predict.kernel.js';
import { Predictor } from './predictor.js';

/** The masks of a block as its predictors see them: the second one reads what the first one makes of the block's input. */
export class PredictedMasks implements Masks {
  readonly predictors: readonly [first: Predictor, second: Predictor];
  private readonly codes: Int8Array;

  /** @throws RangeError when a tensor is missing, or a kernel that is kept ternary is not */
  constructor(plan: ModelPlan, tensors: NamedTensors, { layers, input }: FusedBlock) {
    const [first, second] = layers;
    const [image, middle] = [shapeOf(plan, input), shapeOf(plan, second.conv.inputs[0] ?? '')];
    const asTheyAre = Int32Array.from({ length: image[2] }, (_, channel) => channel);
    this.predictors = [
      new Predictor(plan, tensors, first, image, asTheyAre),
      new Predictor(plan, tensors, second, middle, first.order),
    ];
    this.codes = new Int8Array(image[0] * image[1] * image[2]);
  }

  get first(): Uint8Array {
    return this.predictors[0].masks;
  }

  get second(): Uint8Array {
    return this.predictors[1].masks;
  }

  run(x: Float32Array): void {
    this.runFirst(x);
    this.runSecond();
  }

  /** Masks of the first ReLU and codes of what passes it, from the block's input. */
  runFirst(x: Float32Array): void {
    encode(x, this.codes);
    this.predictors[0].run(this.codes);
  }

  /** Masks of the second ReLU, from the codes behind the first. */
  runSecond(): void {
    this.predictors[1].run(this.predictors[0].codes);
  }
}
