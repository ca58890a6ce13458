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
  /** Where the next step writes; exchanged with `state` after it, so that a step allocates nothing. */
  private readonly spare: Map<string, Tensor>;
  private stepping: Promise<InferenceSession> | undefined;
  private evaluating: Promise<InferenceSession> | undefined;

  /** @throws RangeError when the state is not whole or does not fit */
  constructor(loaded: LoadedRuntime, plan: ModelPlan, state: NamedTensors) {
    checkWholeState(plan, state);
    this.loaded = loaded;
    this.plan = plan;
    this.state = new Map(Object.entries(state).map(([name, { shape, data }]) => [name, this.tensor(data.slice(), shape)]));
    this.spare = new Map();
  }

  async step(batch: Batch, { learningRate, momentum }: StepOptions): Promise<StepResult> {
    checkBatch(this.plan, batch, 0);
    const session = await (this.stepping ??= this.open(stepGraph(this.plan)));
    const options = { learningRate: this.scalar(learningRate), momentum: this.scalar(momentum) };
    const targets = new Map([...this.state.keys()].map((name) => [nextName(name), name]));
    const changing = session.outputNames.flatMap((output) => targets.get(output) ?? []);
    const fetches = changing.map((name): [string, Tensor] => [nextName(name), this.spareOf(name)]);
    const feeds = { ...this.feeds(session, batch), ...options };
    const results = await session.run(feeds, { ...RESULTS, ...Object.fromEntries(fetches) });
    for (const name of changing) {
      const [old, next] = [this.state.get(name), results[nextName(name)]];
      if (next !== undefined) this.state.set(name, next);
      if (old !== undefined) this.spare.set(name, old);
    }
    return { loss: numberOf(results['loss']), correct: numberOf(results['correct']) };
  }

  async evaluate(batch: Batch): Promise<Evaluation> {
    checkBatch(this.plan, batch, -1);
    const session = await (this.evaluating ??= this.open(evaluationGraph(this.plan)));
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
    for (const [name, { data }] of Object.entries(state)) floatsOf(this.state.get(name)).set(data);
  }

  async dispose(): Promise<void> {
    for (const session of [this.stepping, this.evaluating]) await (await session)?.release();
    this.state.clear();
    this.spare.clear();
  }

  /** Sessions open when first used: a model that only evaluates never pays for the training graph. */
  private open(graph: Uint8Array): Promise<InferenceSession> {
    return this.loaded.runtime.InferenceSession.create(graph, this.loaded.session);
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

  private spareOf(name: string): Tensor {
    const spare = this.spare.get(name);
    if (spare !== undefined) return spare;
    const { dims, size } = this.state.get(name) ?? { dims: [], size: 0 };
    return this.tensor(new Float32Array(size), dims);
  }

  private scalar(value: number): Tensor {
    return this.tensor(Float32Array.of(value), []);
  }

  private tensor(data: Float32Array, shape: readonly number[]): Tensor {
    return new this.loaded.runtime.Tensor('float32', data, shape);
  }
}

/** Outputs the runtime allocates itself. */
const RESULTS = { loss: null, correct: null };

function floatsOf(tensor: Tensor | undefined): Float32Array {
  const data = tensor?.data;
  if (data instanceof Float32Array) return data;
  throw new TypeError(`expected a float tensor, found ${tensor?.type}`);
}

function numberOf(tensor: Tensor | undefined): number {
  return floatsOf(tensor)[0] ?? Number.NaN;
}
