import type { ModelPlan, NamedTensors, PlanNode } from '@archon-dse/tensor';
import { layerStep } from './layer-step.js';

/** One image through a plan, node by node. Planes are kept, so every value of the last image can be read. */
export class LayerRun {
  readonly plan: ModelPlan;
  /** Values of every node for the last image. */
  readonly planes: ReadonlyMap<string, Float32Array>;
  private readonly steps: ReadonlyMap<string, () => void>;
  private readonly image: Float32Array;
  private readonly scores: Float32Array;

  /** @throws RangeError when a tensor of the plan is missing, or a kernel that is kept ternary is not */
  constructor(plan: ModelPlan, tensors: NamedTensors) {
    this.plan = plan;
    const planes = new Map(plan.nodes.map(({ name, shape }) => [name, new Float32Array(sizeOf(shape))]));
    const shapes = new Map(plan.nodes.map(({ name, shape }) => [name, shape]));
    const planeOf = (name: string): Float32Array => planes.get(name) ?? new Float32Array(0);
    this.planes = planes;
    this.steps = new Map(
      plan.nodes.map((node) => {
        const inputs = node.inputs.map(planeOf);
        const inputShapes = node.inputs.map((name) => shapes.get(name) ?? node.shape);
        return [node.name, layerStep(node, { inputs, shapes: inputShapes, y: planeOf(node.name) }, tensors)];
      }),
    );
    this.image = planeOf(plan.nodes[0]?.name ?? '');
    this.scores = planeOf(plan.nodes.at(-1)?.name ?? '');
  }

  /**
   * Scores one image.
   *
   * @returns the scores before the softmax, which the next run overwrites
   * @throws RangeError when the image has another size
   */
  run(image: Float32Array): Float32Array {
    this.start(image);
    for (const node of this.plan.nodes) this.step(node);
    return this.scores;
  }

  /** Puts an image in; `step` by `step` the nodes follow. */
  start(image: Float32Array): void {
    if (image.length !== this.image.length) {
      throw new RangeError(`an image of ${image.length} values; the network takes ${this.image.length}`);
    }
    this.image.set(image);
  }

  /** Computes one node from the values its inputs have now. */
  step({ name }: PlanNode): void {
    this.steps.get(name)?.();
  }

  /** Values of a node. @throws RangeError for a name the plan has not */
  plane(name: string): Float32Array {
    const plane = this.planes.get(name);
    if (plane === undefined) throw new RangeError(`the plan has no node "${name}"`);
    return plane;
  }

  /** The class of the highest score of the last image, the first one of a tie. */
  get best(): number {
    return this.scores.indexOf(Math.max(...this.scores));
  }
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
