import type { TensorShape } from '@archon-dse/core';
import type { ConvNode, KernelNode, ModelPlan, NamedTensors, PlanNode } from '@archon-dse/tensor';
import type { NormValues } from './batch-norm.js';
import type { ConvInput } from './blocked-depthwise.js';
import type { GraphBuilder, Value } from './graph.js';
import { ternarise, type TernaryKernel } from './ternary.js';

/** A plan on its way into a graph: what has been emitted for its nodes and weights so far. Activations are batch x channels x rows x columns. */
export class PlanGraph {
  readonly g: GraphBuilder;
  readonly plan: ModelPlan;
  /** Statistics a BatchNorm normalised with, by node. */
  readonly norms = new Map<string, NormValues>();
  /** Second outputs an operator keeps for its gradient, by node. */
  readonly kept = new Map<string, Value>();
  private readonly values = new Map<string, Value>();
  private readonly ternaries = new Map<string, TernaryKernel>();
  private readonly nodes: ReadonlyMap<string, PlanNode>;
  private readonly weightShapes: ReadonlyMap<string, readonly number[]>;

  constructor(g: GraphBuilder, plan: ModelPlan) {
    this.g = g;
    this.plan = plan;
    this.nodes = new Map(plan.nodes.map((node) => [node.name, node]));
    this.weightShapes = new Map(plan.weights.map(({ name, shape }) => [name, shape]));
  }

  /** Makes each weight, under its name, an input of the graph, or a constant where values are given. */
  declareWeights(values?: NamedTensors): void {
    for (const { name, shape } of this.plan.weights) {
      if (values === undefined) this.g.input({ name, shape, type: 'float' });
      else this.g.weight(name, shape, values[name]?.data ?? new Float32Array());
    }
  }

  node(name: string): PlanNode {
    const node = this.nodes.get(name);
    if (node === undefined) throw new RangeError(`the plan has no node "${name}"`);
    return node;
  }

  /** What a node reads, as values. */
  inputs(node: PlanNode): Value[] {
    return node.inputs.map((name) => this.value(name));
  }

  inputShape(node: PlanNode): TensorShape {
    return this.node(node.inputs[0] ?? '').shape;
  }

  /** What a convolution reads. */
  convInput(node: ConvNode): ConvInput {
    return { batch: this.plan.batch, input: this.inputShape(node), x: this.value(node.inputs[0] ?? '') };
  }

  value(name: string): Value {
    const value = this.values.get(name);
    if (value === undefined) throw new RangeError(`nothing has been emitted for "${name}"`);
    return value;
  }

  set(name: string, value: Value): void {
    this.values.set(name, value);
  }

  /** Size of an activation. */
  sizes([height, width, channels]: TensorShape): number[] {
    return [this.plan.batch, channels, height, width];
  }

  /** Values of a channel over the whole batch. */
  count([height, width]: TensorShape): number {
    return this.plan.batch * height * width;
  }

  weightShape(name: string): readonly number[] {
    return this.weightShapes.get(name) ?? [];
  }

  /** The kernel a node multiplies with, in the canonical layout. */
  kernel(node: KernelNode): Value {
    return this.ternary(node)?.values ?? node.kernel.weight;
  }

  /** The ternary form of a node's kernel, where it has one. */
  ternary({ kernel }: KernelNode): TernaryKernel | undefined {
    if (kernel.ternary === undefined) return undefined;
    const made = this.ternaries.get(kernel.weight);
    if (made !== undefined) return made;
    const fresh = ternarise(this.g, kernel.weight, this.weightShape(kernel.weight), kernel.ternary.groups);
    this.ternaries.set(kernel.weight, fresh);
    return fresh;
  }
}
