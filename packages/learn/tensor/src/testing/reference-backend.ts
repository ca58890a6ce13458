import type { CompiledModel, NamedTensors, TensorBackend, TensorValue } from '../backend.js';
import type { ModelPlan } from '../plan.js';
import { checkBatch, checkParts, checkState, checkWholeState, selectTensors } from '../state.js';
import { l2Loss, runForward, runStep, type State } from './reference-model.js';

/** Plain loops in double precision: what other backends are compared with. Fit for models of a few thousand operations. */
export const referenceBackend: TensorBackend = {
  id: 'reference',
  description: 'plain loops in double precision',
  compile: async (plan, state) => {
    checkWholeState(plan, state);
    return compile(plan, toDouble(state));
  },
};

function compile(plan: ModelPlan, state: State): CompiledModel {
  return {
    plan,
    step: async (parts, options) => {
      checkParts(plan, parts);
      const penalty = l2Loss(plan.weights, state);
      const { lossSum, correct } = runStep(plan, state, parts, options);
      return { loss: lossSum / (plan.batch * parts.length) + penalty, correct };
    },
    evaluate: async (batch) => {
      checkBatch(plan, batch, -1);
      const { lossSum, correct, gates } = runForward(plan, state, batch, false);
      return { lossSum, correct, gates };
    },
    readState: async (names) => readState(plan, state, names),
    writeState: async (values) => {
      checkState(plan, values);
      toDouble(values).forEach((value, name) => state.set(name, value));
    },
    dispose: async () => state.clear(),
  };
}

function toDouble(values: NamedTensors): State {
  return new Map(Object.entries(values).map(([name, { data }]) => [name, Float64Array.from(data)]));
}

function readState(plan: ModelPlan, state: State, names?: readonly string[]): NamedTensors {
  const read = ({ name, shape }: { name: string; shape: readonly number[] }): [string, TensorValue] => {
    return [name, { shape, data: Float32Array.from(state.get(name) ?? []) }];
  };
  return Object.fromEntries(selectTensors(plan, names).map(read));
}
