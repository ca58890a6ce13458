import { initialState, planModel, type CompiledModel } from '@archon-dse/tensor';
import {
  describeBackendContract,
  describePipelineContract,
  SAMPLE_SPECS,
  sampleBatch,
} from '@archon-dse/tensor/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { tfjsBackend } from './index.js';

const wasm = await tfjsBackend({ runtime: 'wasm' });
const cpu = await tfjsBackend({ runtime: 'cpu' });

const api = { describe, expect, it };
describe('wasm', () => describeBackendContract(wasm, api, () => process.memoryUsage.rss()));
describePipelineContract(wasm, api);
describe('cpu', () => describeBackendContract(cpu, api));

const OPTIONS = { learningRate: 1e-3, momentum: 0.9 };
const spec = SAMPLE_SPECS['predictor with straight-through kernels']!;
const plan = planModel(spec);

describe('tfjsBackend', () => {
  it('says what runs underneath', () => {
    expect(wasm.description).toBe('TensorFlow.js 4.22.0, wasm, 1 thread');
    expect(cpu.description).toBe('TensorFlow.js 4.22.0, plain JavaScript, 1 thread');
  });

  it('holds no more tensors after 500 steps, and none after its models', async () => {
    const held = (): unknown => [tf.memory().numTensors, tf.memory().numDataBuffers, tf.memory().numBytes];
    const before = held();
    const model = await wasm.compile(plan, initialState(plan, 1));
    const compiled = held();
    for (let step = 0; step < 500; step += 1) await model.step([sampleBatch(spec, step)], OPTIONS);
    await model.evaluate(sampleBatch(spec, 1));
    expect(held()).toEqual(compiled);
    await model.dispose();
    expect(held()).toEqual(before);
  });

  it('keeps models on the same and on other runtimes apart', async () => {
    const backends = [wasm, wasm, cpu];
    const step = (model: CompiledModel, index: number): Promise<unknown> =>
      model.step([sampleBatch(spec, index)], { learningRate: 0.1, momentum: 0.9 });
    const compile = (backend: typeof wasm): Promise<CompiledModel> => backend.compile(plan, initialState(plan, 1));
    const alone = [];
    for (const [index, backend] of backends.entries()) {
      const model = await compile(backend);
      for (let round = 0; round < 3; round += 1) await step(model, index);
      alone.push(await model.readState());
      await model.dispose();
    }
    const models = await Promise.all(backends.map(compile));
    for (let round = 0; round < 3; round += 1) await Promise.all(models.map(step));
    expect(await Promise.all(models.map((model) => model.readState()))).toEqual(alone);
    await Promise.all(models.map((model) => model.dispose()));
  });
});
