import { seededRandom, type Network, type TestApi } from '@archon-dse/core';
import { NetworkBuilder } from '@archon-dse/workload';
import type { Batch, CompiledModel, NamedTensors, TensorBackend } from '../backend.js';
import { planModel } from '../plan-model.js';
import { initialState, maskName } from '../state.js';
import type { TrainingSpec } from '../training-spec.js';

const SIZE = 8;
const BATCH = 16;
const PRUNED = ['b0.expand', 'b0.depthwise', 'b0.project'].map((layer) => `${layer}/kernel`);

/** Stripes along the rows, the columns or the diagonals, at any phase, under noise. */
function stripes(seed: number): Batch {
  const random = seededRandom(seed, 'stripes');
  const images = new Float32Array(BATCH * SIZE * SIZE);
  const labels = Int32Array.from({ length: BATCH }, () => Math.floor(3 * random()));
  labels.forEach((label, image) => {
    const phase = random() * 2 * Math.PI;
    for (let cell = 0; cell < SIZE * SIZE; cell += 1) {
      const [row, column] = [Math.floor(cell / SIZE), cell % SIZE];
      const along = [row, column, row + column][label] ?? 0;
      images[image * SIZE * SIZE + cell] = Math.sin((Math.PI / 2) * along + phase) + 1.5 * (random() - 0.5);
    }
  });
  return { images, labels };
}

function network(): Network {
  const net = new NetworkBuilder({ id: 'me/tiny', input: [SIZE, SIZE, 1], classes: 3 });
  const stem = net.relu(net.batchNorm(net.conv('stem', net.input, { filters: 8, kernel: 3, role: 'stem' })));
  net.block('b0');
  const expand = net.relu(net.batchNorm(net.conv('b0.expand', stem, { filters: 32, role: 'expand' })));
  const depthwise = net.relu(net.batchNorm(net.depthwise('b0.depthwise', expand, { kernel: 3 })));
  const project = net.batchNorm(net.conv('b0.project', depthwise, { filters: 8, role: 'project' }));
  net.block('tail');
  net.dense('fc', net.globalAveragePool('pool', net.relu(net.add('b0.add', stem, project))), 3);
  return net.build();
}

/** Masks that keep the largest quarter of each pruned kernel. */
function quarterMasks(state: NamedTensors): NamedTensors {
  return Object.fromEntries(
    PRUNED.map((name) => {
      const { shape, data } = state[name] ?? { shape: [], data: new Float32Array() };
      const sizes = [...data].map(Math.abs).sort((a, b) => b - a);
      const least = sizes[Math.ceil(sizes.length / 4) - 1] ?? 0;
      return [maskName(name), { shape, data: data.map((value) => (Math.abs(value) >= least ? 1 : 0)) }];
    }),
  );
}

async function train(model: CompiledModel, steps: number, learningRate: number): Promise<void> {
  for (let step = 0; step < steps; step += 1) await model.step([stripes(step)], { learningRate, momentum: 0.9 });
}

async function accuracy(model: CompiledModel): Promise<number> {
  let correct = 0;
  for (let batch = 0; batch < 8; batch += 1) correct += (await model.evaluate(stripes(10_000 + batch))).correct;
  return correct / (8 * BATCH);
}

async function weightsOf(model: CompiledModel): Promise<NamedTensors> {
  return model.readState(model.plan.weights.map(({ name }) => name));
}

/** Suite for backends fast enough for some hundred steps: a small network is trained, pruned and given a predictor. */
export function describePipelineContract(backend: TensorBackend, { describe, it, expect }: TestApi): void {
  describe(`backend ${backend.id}: train, prune, predict`, () => {
    const compile = (spec: Partial<TrainingSpec>, given: NamedTensors): Promise<CompiledModel> => {
      const plan = planModel({ network: network(), batch: BATCH, ...spec });
      return backend.compile(plan, initialState(plan, 1, given));
    };

    it('keeps the accuracy', async () => {
      const vanilla = await compile({ l2: { stem: 1e-4, 'b0.expand': 1e-4 } }, {});
      await train(vanilla, 300, 0.05);
      expect(1 - (await accuracy(vanilla)), 'share wrong after training').toBeLessThanOrEqual(0.05);

      const trained = await weightsOf(vanilla);
      const pruned = await compile({ masked: PRUNED }, { ...trained, ...quarterMasks(trained) });
      await train(pruned, 120, 0.02);
      expect(1 - (await accuracy(pruned)), 'share wrong after pruning').toBeLessThanOrEqual(0.05);
      const sparse = await weightsOf(pruned);
      for (const name of PRUNED) {
        const values = [...(sparse[name]?.data ?? [])];
        expect(values.filter((value) => value !== 0).length, name).toBe(Math.ceil(values.length / 4));
      }

      const relus = ['b0.expand.relu', 'b0.depthwise.relu'];
      const predicting = await compile({ predictor: { relus, kernels: 'frozen' } }, sparse);
      await train(predicting, 150, 0.002);
      expect(1 - (await accuracy(predicting)), 'share wrong after prediction').toBeLessThanOrEqual(0.1);
      const adapted = await weightsOf(predicting);
      for (const name of PRUNED.slice(0, 2)) expect(adapted[name], name).toEqual(sparse[name]);
      for (const model of [vanilla, pruned, predicting]) await model.dispose();
    });
  });
}
