import {
  BATCH_NORM,
  checkBatch,
  checkParts,
  checkState,
  checkWholeState,
  selectTensors,
  trainableWeights,
  type Batch,
  type CompiledModel,
  type Evaluation,
  type ModelPlan,
  type NamedTensors,
  type StepOptions,
  type StepResult,
} from '@archon-dse/tensor';
import type { InferenceSession, Tensor } from 'onnxruntime-common';
import { readGates } from './gates.js';
import { evaluationGraph, gradientGraph, gradientName, nextName, stepGraph, updateGraph } from './model-graphs.js';
import type { LoadedRuntime } from './runtime.js';

type Tensors = Readonly<Record<string, Tensor>>;
const DEFAULTS = { normMomentum: BATCH_NORM.momentum };

type GraphKind = 'step' | 'gradient' | 'update' | 'evaluation';

/** A plan whose state lives in tensors that go into a session and come out again. */
export class OnnxModel implements CompiledModel {
  readonly plan: ModelPlan;
  private readonly loaded: LoadedRuntime;
  private readonly block: number;
  private readonly state: Map<string, Tensor>;
  private readonly sessions = new Map<GraphKind, Promise<InferenceSession>>();

  /**
   * @param block - channels in a block of the runtime, or 0
   * @throws RangeError when the state is not whole or does not fit
   */
  constructor(loaded: LoadedRuntime, block: number, plan: ModelPlan, state: NamedTensors) {
    checkWholeState(plan, state);
    this.loaded = loaded;
    this.block = block;
    this.plan = plan;
    this.state = new Map(
      Object.entries(state).map(([name, { shape, data }]) => [name, this.tensor(data.slice(), shape)]),
    );
  }

  async step(parts: readonly Batch[], options: StepOptions): Promise<StepResult> {
    checkParts(this.plan, parts);
    await this.close('evaluation');
    const [whole] = parts;
    return whole !== undefined && parts.length === 1
      ? this.stepWhole(whole, options)
      : this.stepInParts(parts, options);
  }

  private async stepWhole(batch: Batch, options: StepOptions): Promise<StepResult> {
    const results = await this.run('step', { ...this.images(batch), ...this.scalars({ ...DEFAULTS, ...options }) });
    return { loss: numberOf(results['loss']), correct: numberOf(results['correct']) };
  }

  /** Gradients add up from part to part, then one update takes their mean. */
  private async stepInParts(parts: readonly Batch[], options: StepOptions): Promise<StepResult> {
    const { normMomentum, ...rates } = { ...DEFAULTS, ...options };
    const names = trainableWeights(this.plan).map(({ name, shape }) => [gradientName(name), shape] as const);
    let gradients: Tensors = Object.fromEntries(names.map(([name, shape]) => [name, this.zeros(shape)]));
    let [loss, correct] = [0, 0];
    for (const part of parts) {
      const results = await this.run('gradient', {
        ...this.images(part),
        ...gradients,
        ...this.scalars({ normMomentum }),
      });
      gradients = Object.fromEntries(names.map(([name]) => [name, results[nextName(name)] as Tensor]));
      loss += numberOf(results['loss']) / parts.length;
      correct += numberOf(results['correct']);
    }
    const scalars = this.scalars({ ...rates, share: 1 / parts.length });
    const results = await this.run('update', { ...gradients, ...scalars });
    return { loss: loss + numberOf(results['loss']), correct };
  }

  async evaluate(batch: Batch): Promise<Evaluation> {
    checkBatch(this.plan, batch, -1);
    const results = await this.run('evaluation', this.images(batch));
    return {
      lossSum: numberOf(results['loss']),
      correct: numberOf(results['correct']),
      gates: readGates(this.plan, batch.labels, (name) => floatsOf(results[name])),
    };
  }

  async readState(names?: readonly string[]): Promise<NamedTensors> {
    const read = selectTensors(this.plan, names).map(({ name, shape }) => {
      return [name, { shape, data: floatsOf(this.state.get(name)).slice() }] as const;
    });
    return Object.fromEntries(read);
  }

  async writeState(state: NamedTensors): Promise<void> {
    checkState(this.plan, state);
    await this.close('evaluation');
    for (const [name, { shape, data }] of Object.entries(state)) this.state.set(name, this.tensor(data.slice(), shape));
  }

  async dispose(): Promise<void> {
    for (const kind of [...this.sessions.keys()]) await this.close(kind);
    this.state.clear();
  }

  /** Runs a graph on the state and some more inputs; what comes out as the next state becomes the state. */
  private async run(kind: GraphKind, inputs: Tensors): Promise<Tensors> {
    const session = await this.open(kind);
    const state = [...this.state].filter(([name]) => session.inputNames.includes(name));
    const results = (await session.run({ ...Object.fromEntries(state), ...inputs })) as Tensors;
    for (const name of this.state.keys()) {
      const next = results[nextName(name)];
      if (next !== undefined) this.state.set(name, next);
    }
    return results;
  }

  /**
   * Sessions open when first used: a model that only evaluates never pays for the training graph. That graph runs as it was emitted,
   * since the optimiser takes seconds over it and finds nothing; with constant weights it finds much.
   */
  private open(kind: GraphKind): Promise<InferenceSession> {
    const opened = this.sessions.get(kind) ?? this.create(kind);
    this.sessions.set(kind, opened);
    return opened;
  }

  private async create(kind: GraphKind): Promise<InferenceSession> {
    const graphOptimizationLevel = kind === 'evaluation' ? 'all' : 'disabled';
    const options = { ...this.loaded.session, graphOptimizationLevel } as const;
    return this.loaded.runtime.InferenceSession.create(await this.graph(kind), options);
  }

  private async graph(kind: GraphKind): Promise<Uint8Array> {
    switch (kind) {
      case 'step':
        return stepGraph(this.plan, this.block);
      case 'gradient':
        return gradientGraph(this.plan, this.block);
      case 'update':
        return updateGraph(this.plan);
      case 'evaluation':
        return evaluationGraph(this.plan, await this.readState(this.plan.weights.map(({ name }) => name)));
    }
  }

  /** The evaluation graph holds the weights as they were when it was opened, so it is closed when they change. */
  private async close(kind: GraphKind): Promise<void> {
    const session = await this.sessions.get(kind);
    this.sessions.delete(kind);
    await session?.release();
  }

  private images({ images, labels }: Batch): Tensors {
    const [height, width, channels] = this.plan.nodes[0]?.shape ?? [0, 0, 0];
    const { Tensor } = this.loaded.runtime;
    return {
      images: this.tensor(images, [this.plan.batch, height, width, channels]),
      labels: new Tensor('int32', labels, [this.plan.batch]),
    };
  }

  private scalars(values: Readonly<Record<string, number>>): Tensors {
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, this.tensor(Float32Array.of(value), [])]),
    );
  }

  private zeros(shape: readonly number[]): Tensor {
    return this.tensor(new Float32Array(shape.reduce((size, extent) => size * extent, 1)), shape);
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
