import type { TensorShape } from '@archon-dse/core';
import { trainableWeights, type KernelNode, type ModelPlan, type PlanNode } from '@archon-dse/tensor';
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import type { NormValues } from './batch-norm.js';
import { ternarise, type TernaryKernel } from './ternary.js';

/** One pass of a batch through a plan: what its nodes have given. A value is freed once all that read it are done. */
export class PlanPass {
  readonly plan: ModelPlan;
  readonly state: ReadonlyMap<string, Tensor>;
  /** Batch statistics where the plan says so, and gradients to follow. */
  readonly training: boolean;
  /** Statistics a BatchNorm normalised with, by node. */
  readonly norms = new Map<string, NormValues>();
  /** What the gates did in an evaluation, by node. */
  readonly gates = new Map<string, Tensor2D>();
  private readonly nodes: ReadonlyMap<string, PlanNode>;
  private readonly trainable: ReadonlySet<string>;
  private readonly values = new Map<string, Tensor4D>();
  /** Reads to come, by node. */
  private readonly reads = new Map<string, number>();
  private readonly ternaries = new Map<string, TernaryKernel>();

  constructor(plan: ModelPlan, state: ReadonlyMap<string, Tensor>, training: boolean) {
    this.plan = plan;
    this.state = state;
    this.training = training;
    this.nodes = new Map(plan.nodes.map((node) => [node.name, node]));
    this.trainable = new Set(trainableWeights(plan).map(({ name }) => name));
    for (const node of plan.nodes) {
      const back = training ? this.readsBack(node) : [];
      for (const name of [...node.inputs, ...back]) this.reads.set(name, (this.reads.get(name) ?? 0) + 1);
      if (!('kernel' in node) || node.kernel.ternary === undefined) continue;
      this.ternaries.set(node.name, ternarise(this.weight(node.kernel.weight), node.kernel.ternary.groups));
    }
  }

  value(name: string): Tensor4D {
    return found(this.values, name);
  }

  /** What a node reads. */
  inputs(node: PlanNode): Tensor4D[] {
    return node.inputs.map((name) => this.value(name));
  }

  /** Keeps the value of a node, and frees what nothing reads after it. */
  finishForward(node: PlanNode, value: Tensor4D): void {
    this.values.set(node.name, value);
    node.inputs.forEach((name) => this.release(name));
  }

  /** Frees what only the gradients of this node and those behind it read. */
  finishBackward(node: PlanNode): void {
    this.readsBack(node).forEach((name) => this.release(name));
  }

  node(name: string): PlanNode {
    return found(this.nodes, name);
  }

  inputShape(node: PlanNode): TensorShape {
    return this.node(node.inputs[0] ?? '').shape;
  }

  weight(name: string): Tensor {
    return found(this.state, name);
  }

  /** Whether a weight wants a gradient. */
  isTrainable(weight: string): boolean {
    return this.trainable.has(weight);
  }

  /** The kernel a node multiplies with. */
  kernel(node: KernelNode): Tensor {
    return this.ternary(node)?.values ?? this.weight(node.kernel.weight);
  }

  /** The ternary form of a node's kernel, where it has one; another node may use the same weight as it is. */
  ternary(node: KernelNode): TernaryKernel | undefined {
    return this.ternaries.get(node.name);
  }

  private release(name: string): void {
    const left = (this.reads.get(name) ?? 0) - 1;
    this.reads.set(name, left);
    if (left > 0) return;
    this.values.get(name)?.dispose();
    this.values.delete(name);
  }

  /** The values that the gradients of a node depend on. */
  private readsBack(node: PlanNode): readonly string[] {
    if (!node.differentiable) return [];
    switch (node.op) {
      case 'conv':
      case 'depthwise':
      case 'dense':
        return this.trainable.has(node.kernel.weight) ? node.inputs : [];
      case 'batchNorm':
      case 'quantise':
      case 'multiply':
        return node.inputs;
      case 'relu':
      case 'sigmoid':
        return [node.name];
      case 'maxPool':
        return [...node.inputs, node.name];
      default:
        return [];
    }
  }
}

function found<T>(map: ReadonlyMap<string, T>, name: string): T {
  const value = map.get(name);
  if (value === undefined) throw new RangeError(`there is no "${name}" in this pass`);
  return value;
}
