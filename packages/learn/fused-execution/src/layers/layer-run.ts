import type { TensorShape } from '@archon-dse/core';
import type { ModelPlan, NamedTensors, PlanNode } from '@archon-dse/tensor';
import { tensorOf } from '../tensor-of.js';
import { layerStep } from './layer-step.js';

/**
 * One image through a plan, node by node. Planes are kept, so every value of the last image can be read; a node takes memory from when it is first
 * asked for, since of a network that is fused most are never.
 */
export class LayerRun {
  readonly plan: ModelPlan;
  private readonly tensors: NamedTensors;
  private readonly shapes: ReadonlyMap<string, TensorShape>;
  private readonly planes = new Map<string, Float32Array>();
  private readonly steps = new Map<string, () => void>();

  /** @throws RangeError when a tensor of the plan is missing */
  constructor(plan: ModelPlan, tensors: NamedTensors) {
    this.plan = plan;
    this.tensors = tensors;
    this.shapes = new Map(plan.nodes.map(({ name, shape }) => [name, shape]));
    for (const { name } of plan.weights) tensorOf(tensors, name);
  }

  /**
   * Scores one image.
   *
   * @returns the scores before the softmax, which the next run overwrites
   * @throws RangeError when the image has another size, or a kernel that is kept ternary is not
   */
  run(image: Float32Array): Float32Array {
    this.start(image);
    for (const node of this.plan.nodes) this.step(node);
    return this.scores;
  }

  /** Puts an image in; `step` by `step` the nodes follow. */
  start(image: Float32Array): void {
    const plane = this.plane(this.plan.nodes[0]?.name ?? '');
    if (image.length !== plane.length) {
      throw new RangeError(`an image of ${image.length} values; the network takes ${plane.length}`);
    }
    plane.set(image);
  }

  /** Computes one node from the values its inputs have now. */
  step(node: PlanNode): void {
    let step = this.steps.get(node.name);
    if (step === undefined) {
      step = this.stepOf(node);
      this.steps.set(node.name, step);
    }
    step();
  }

  private stepOf(node: PlanNode): () => void {
    const { inputs, name, shape } = node;
    const shapes = inputs.map((input) => this.shapes.get(input) ?? shape);
    return layerStep(
      node,
      { inputs: inputs.map((input) => this.plane(input)), shapes, y: this.plane(name) },
      this.tensors,
    );
  }

  /** Values of a node. @throws RangeError for a name the plan has not */
  plane(name: string): Float32Array {
    const known = this.planes.get(name);
    if (known !== undefined) return known;
    const shape = this.shapes.get(name);
    if (shape === undefined) throw new RangeError(`the plan has no node "${name}"`);
    const plane = new Float32Array(sizeOf(shape));
    this.planes.set(name, plane);
    return plane;
  }

  /** The scores before the softmax. */
  private get scores(): Float32Array {
    return this.plane(this.plan.nodes.at(-1)?.name ?? '');
  }

  /** The class of the highest score of the last image, the first one of a tie. */
  get best(): number {
    const { scores } = this;
    return scores.indexOf(Math.max(...scores));
  }
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
