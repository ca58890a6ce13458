import {
  BATCH_NORM,
  checkBatch,
  checkParts,
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
  type TensorValue,
} from '@archon-dse/tensor';
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { runBackward } from './backward.js';
import { runForward } from './forward.js';
import { readGate } from './gates.js';
import { scoreBatch, type Scored } from './loss.js';
import { penalty, nextStatistics, nextWeights, type NextState } from './next-state.js';
import { PlanPass } from './plan-pass.js';
import type { LoadedRuntime } from './runtime.js';

/**
 * A plan whose state lives in tensors. Each call does all its work without waiting, so that models on other runtimes cannot come
 * between, and leaves no tensor behind but the state.
 */
export class TfjsModel implements CompiledModel {
  readonly plan: ModelPlan;
  private readonly loaded: LoadedRuntime;
  private readonly state = new Map<string, Tensor>();

  /** @throws RangeError when the state is not whole or does not fit */
  constructor(loaded: LoadedRuntime, plan: ModelPlan, state: NamedTensors) {
    checkWholeState(plan, state);
    this.loaded = loaded;
    this.plan = plan;
    this.write(state);
  }

  async step(parts: readonly Batch[], options: StepOptions): Promise<StepResult> {
    checkParts(this.plan, parts);
    const { normMomentum = BATCH_NORM.momentum } = options;
    const share = 1 / (parts.length * this.plan.batch);
    return this.run(() => {
      const gradients = new Map<string, Tensor>();
      let [lossSum, correct] = [0, 0];
      for (const part of parts) {
        const { pass, scored } = this.accumulate(part, share, gradients);
        this.replace(nextStatistics(pass, normMomentum));
        lossSum += scored.lossSum;
        correct += scored.correct;
      }
      const loss = lossSum * share + penalty(this.plan, this.state);
      this.replace(nextWeights(this.plan, this.state, gradients, options));
      return { loss, correct };
    });
  }

  async evaluate(batch: Batch): Promise<Evaluation> {
    checkBatch(this.plan, batch, -1);
    return this.run(() => {
      const pass = new PlanPass(this.plan, this.state, false);
      const { lossSum, correct } = scoreBatch(runForward(pass, batch.images).dataSync(), batch.labels);
      const gates = [...pass.gates].map(([name, counts]) => {
        return [name, readGate(pass.node(name), counts, batch.labels)] as const;
      });
      return { lossSum, correct, gates: Object.fromEntries(gates) };
    });
  }

  async readState(names?: readonly string[]): Promise<NamedTensors> {
    return this.run(() => {
      const read = selectTensors(this.plan, names).map(({ name, shape }): [string, TensorValue] => {
        return [name, { shape, data: Float32Array.from(this.state.get(name)?.dataSync() ?? []) }];
      });
      return Object.fromEntries(read);
    });
  }

  async writeState(state: NamedTensors): Promise<void> {
    checkState(this.plan, state);
    this.write(state);
  }

  async dispose(): Promise<void> {
    this.state.forEach((tensor) => tensor.dispose());
    this.state.clear();
  }

  private run<T>(work: () => T): T {
    this.loaded.activate();
    let result: T | undefined;
    tf.tidy(() => void (result = work()));
    return result as T;
  }

  /** Both passes of one part; adds its gradients. @param share - of one image in the loss */
  private accumulate(
    { images, labels }: Batch,
    share: number,
    gradients: Map<string, Tensor>,
  ): { readonly pass: PlanPass; readonly scored: Scored } {
    const pass = new PlanPass(this.plan, this.state, true);
    const scored = scoreBatch(runForward(pass, images).dataSync(), labels);
    const errors = tf.tensor2d(scored.errors, [this.plan.batch, this.plan.classes]);
    for (const [name, gradient] of runBackward(pass, tf.mul(errors, share))) {
      const earlier = gradients.get(name);
      gradients.set(name, earlier === undefined ? gradient : tf.add(earlier, gradient));
    }
    return { pass, scored };
  }

  private write(state: NamedTensors): void {
    this.run(() => {
      this.replace(Object.entries(state).map(([name, { shape, data }]) => [name, tf.tensor(data.slice(), [...shape])]));
    });
  }

  /** Puts tensors in the place of those of the state. */
  private replace(tensors: NextState): void {
    for (const [name, tensor] of tensors) {
      this.state.get(name)?.dispose();
      this.state.set(name, tf.keep(tensor));
    }
  }
}
