import { describe, expect, it } from 'vitest';
import type { NamedTensors } from '../backend.js';
import { planModel } from '../plan-model.js';
import { QUANTISER, type PlanNode } from '../plan.js';
import { initialState } from '../state.js';
import { forward } from './operations.js';
import { referenceBackend } from './reference-backend.js';
import { SAMPLE_SPECS, sampleBatch } from './samples.js';
import { ternarise } from './ternary.js';

/** Gradients through ternary weights and levels are not those of what they are computed with. */
const differentiable = Object.entries(SAMPLE_SPECS).filter(
  ([, { predictor, levels }]) => predictor === undefined && levels === undefined,
);

describe('gradients of the reference', () => {
  it.each(differentiable)('are those of finite differences: %s', async (_name, spec) => {
    const plan = planModel(spec);
    const state = initialState(plan, 4);
    const batch = sampleBatch(spec, 4);
    const loss = async (at: NamedTensors): Promise<number> => {
      const model = await referenceBackend.compile(plan, at);
      return (await model.step([batch], { learningRate: 0, momentum: 0 })).loss;
    };
    const model = await referenceBackend.compile(plan, state);
    await model.step([batch], { learningRate: -1, momentum: 0 });
    const gradients = await model.readState();
    for (const { name, shape } of plan.weights.filter(({ trainable }) => trainable)) {
      const index = Math.floor(shape.reduce((a, b) => a * b, 1) / 2);
      const at = (value: number): NamedTensors => {
        const data = Float32Array.from(state[name]?.data ?? []);
        data[index] = value;
        return { ...state, [name]: { shape, data } };
      };
      const value = state[name]?.data[index] ?? 0;
      const [low, high] = [Math.fround(value - 2 ** -12), Math.fround(value + 2 ** -12)];
      const slope = ((await loss(at(high))) - (await loss(at(low)))) / (high - low);
      expect(gradients[`${name}/momentum`]?.data[index], name).toBeCloseTo(slope, 3);
    }
  });
});

describe('operations of the reference, by hand', () => {
  const one = (node: Partial<PlanNode>, values: number[], channels: number, weights = {}): number[] => {
    const shape = [1, values.length / channels, channels] as const;
    const whole = { name: 'x', inputs: ['y'], shape, differentiable: true, ...node } as PlanNode;
    return [...forward(whole, { batch: 1, shapes: [shape], values: [Float64Array.from(values)], weights })];
  };
  const row = { size: 3, stride: 2, rows: [1, 1], columns: [0, 1] } as const;

  it('pads on the right only where SAME does', () => {
    const weights = { kernel: Float64Array.of(0, 0, 0, 1, 10, 100, 0, 0, 0) };
    const conv = { op: 'conv', window: row, groups: 1, shape: [1, 2, 1] } as const;
    expect(one(conv, [1, 2, 3, 4], 1, weights)).toEqual([321, 43]);
  });

  it('divides an average by the real cells only', () => {
    expect(one({ op: 'averagePool', window: row, shape: [1, 2, 1] }, [1, 2, 3, 4], 1)).toEqual([2, 3.5]);
  });

  it('moves channel grp * C / groups + c to c * groups + grp', () => {
    expect(one({ op: 'channelShuffle', groups: 2 }, [0, 1, 2, 3, 4, 5], 6)).toEqual([0, 3, 1, 4, 2, 5]);
  });

  it('quantises to steps of 0.8 between -6.4 and 5.6', () => {
    const codes = one({ op: 'quantise', levels: QUANTISER }, [-9, -6.1, -0.3, 0, 0.3, 0.5, 1.3, 5.1, 9], 1);
    const expected = [-6.4, -6.4, 0, 0, 0, 0.8, 1.6, 4.8, 5.6];
    codes.forEach((value, index) => expect(value).toBeCloseTo(expected[index] ?? NaN, 12));
  });

  it('makes each group of filters ternary with its own threshold and scale', () => {
    // Two filters, one a group: |w| of the first 4 1 1 2, threshold 0.7 * 2 = 1.4, alpha 3; of the second all 0.
    const { values, alpha } = ternarise(Float64Array.of(4, 0, -1, 0, 1, 0, -2, 0), 2, 2);
    expect([...values]).toEqual([3, 0, 0, 0, 0, 0, -3, 0]);
    expect([...alpha]).toEqual([3, 0, 3, 0, 3, 0, 3, 0]);
  });
});
