import {
  checkBatch,
  checkState,
  checkWholeState,
  selectTensors,
  type Batch,
  type CompiledModel,
  type Evaluation,
  type ModelPlan,
  type NamedTensors,
  type StepOptions,
  type StepResult,
} from '@archon-dse/tensor';
import type { InferenceSession, Tensor } from 'onnxruntime-common';
import { evaluationGraph, nextName, stepGraph } from './model-graphs.js';
import type { LoadedRuntime } from './runtime.js';

/** A plan whose state lives in tensors that go into a session and come out again. */
export class OnnxModel implements CompiledModel {
  readonly plan: ModelPlan;
  private readonly loaded: LoadedRuntime;
  private readonly state: Map<string, Tensor>;
  private stepping: Promise<InferenceSession> | undefined;
  private evaluating: Promise<InferenceSession> | undefined;

  /** @throws RangeError when the state is not whole or does not fit */
  constructor(loaded: LoadedRuntime, plan: ModelPlan, state: NamedTensors) {
    checkWholeState(plan, state);
    this.loaded = loaded;
    this.plan = plan;
    this.state = new Map(
      Object.entries(state).map(([name, { shape, data }]) => [name, this.tensor(data.slice(), shape)]),
    );
  }

  async step(batch: Batch, { learningRate, momentum }: StepOptions): Promise<StepResult> {
    checkBatch(this.plan, batch, 0);
    const session = await (this.stepping ??= this.open(stepGraph(this.plan), 'disabled'));
    await this.forgetEvaluation();
    const options = { learningRate: this.scalar(learningRate), momentum: this.scalar(momentum) };
    const results = await session.run({ ...this.feeds(session, batch), ...options });
    for (const name of this.state.keys()) {
      const next = results[nextName(name)];
      if (next !== undefined) this.state.set(name, next);
    }
    return { loss: numberOf(results['loss']), correct: numberOf(results['correct']) };
  }

  async evaluate(batch: Batch): Promise<Evaluation> {
    checkBatch(this.plan, batch, -1);
    const session = await (this.evaluating ??= this.open(evaluationGraph(this.plan, await this.readWeights()), 'all'));
    const results = await session.run(this.feeds(session, batch));
    return { lossSum: numberOf(results['loss']), correct: numberOf(results['correct']) };
  }

  async readState(names?: readonly string[]): Promise<NamedTensors> {
    const read = selectTensors(this.plan, names).map(({ name, shape }) => {
      return [name, { shape, data: floatsOf(this.state.get(name)).slice() }] as const;
    });
    return Object.fromEntries(read);
  }

  async writeState(state: NamedTensors): Promise<void> {
    checkState(this.plan, state);
    await this.forgetEvaluation();
    for (const [name, { shape, data }] of Object.entries(state)) this.state.set(name, this.tensor(data.slice(), shape));
  }

  async dispose(): Promise<void> {
    await this.forgetEvaluation();
    await (await this.stepping)?.release();
    this.state.clear();
  }

  private readWeights(): Promise<NamedTensors> {
    return this.readState(this.plan.weights.map(({ name }) => name));
  }

  /** Closes the evaluation graph, which holds the weights as they were when it was opened. */
  private async forgetEvaluation(): Promise<void> {
    const session = await this.evaluating;
    this.evaluating = undefined;
    await session?.release();
  }

  /**
   * Sessions open when first used: a model that only evaluates never pays for the training graph. That graph runs as it was emitted,
   * since the optimiser takes seconds over it and finds nothing; with constant weights it finds much.
   */
  private open(graph: Uint8Array, graphOptimizationLevel: 'disabled' | 'all'): Promise<InferenceSession> {
    return this.loaded.runtime.InferenceSession.create(graph, { ...this.loaded.session, graphOptimizationLevel });
  }

  private feeds(session: InferenceSession, { images, labels }: Batch): Record<string, Tensor> {
    const [height, width, channels] = this.plan.nodes[0]?.shape ?? [0, 0, 0];
    const { Tensor } = this.loaded.runtime;
    const state = [...this.state].filter(([name]) => session.inputNames.includes(name));
    return {
      ...Object.fromEntries(state),
      images: this.tensor(images, [this.plan.batch, height, width, channels]),
      labels: new Tensor('int32', labels, [this.plan.batch]),
    };
  }

  private scalar(value: number): Tensor {
    return this.tensor(Float32Array.of(value), []);
  }

  private tensor(data: Float32Array, shape: readonly number[]): Tensor {
    return new this.loaded.runtime.Tensor('float32', data, shape);
  }
}

function floatsOf(tensor: Tensor | undefined): Float32Array {
  const data = tensor?.data;
  if (data instanceof Float32Array) return data;
  throw new TypeError(`expected a float tensor, found ${tensor?.type}`);
}

function numberOf(tensor: Tensor | undefined): number {
  return floatsOf(tensor)[0] ?? Number.NaN;
}
