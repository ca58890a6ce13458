import { seededRandom, type Network } from '@archon-dse/core';
import { initialState, planModel, type CompiledModel, type TensorBackend } from '@archon-dse/tensor';
import { NetworkBuilder } from '@archon-dse/workload';

const BATCH = 16;
const SIZE = 8;

/** A stem and one bottleneck on images of 8 x 8: every kind of convolution, and a step below a second on every backend. */
function trialNetwork(): Network {
  const net = new NetworkBuilder({ id: 'archon/trial', input: [SIZE, SIZE, 3], classes: 10 });
  const stem = net.relu(net.batchNorm(net.conv('stem', net.input, { filters: 16, kernel: 3, role: 'stem' })));
  const expand = net.relu(net.batchNorm(net.conv('expand', stem, { filters: 48, role: 'expand' })));
  const depthwise = net.relu(net.batchNorm(net.depthwise('depthwise', expand, { kernel: 3 })));
  const project = net.batchNorm(net.conv('project', depthwise, { filters: 16, role: 'project' }));
  net.dense('fc', net.globalAveragePool('pool', net.add('join', stem, project)), 10);
  return net.build();
}

/**
 * Trains a small network for a while.
 *
 * @param seconds - steps go on until so much time has passed; one step at least
 * @returns images per second, the first step not counted
 * @throws what the backend throws when it cannot train
 */
export async function tryTraining(backend: TensorBackend, seconds: number): Promise<number> {
  const plan = planModel({ network: trialNetwork(), batch: BATCH });
  const model = await backend.compile(plan, initialState(plan, 1));
  try {
    await step(model);
    const start = performance.now();
    let [steps, elapsed] = [0, 0];
    do {
      await step(model);
      steps += 1;
      elapsed = (performance.now() - start) / 1000;
    } while (elapsed < seconds);
    return (steps * BATCH) / elapsed;
  } finally {
    await model.dispose();
  }
}

async function step(model: CompiledModel): Promise<void> {
  const random = seededRandom(1, 'trial');
  const images = Float32Array.from({ length: BATCH * SIZE * SIZE * 3 }, () => 2 * random() - 1);
  const labels = Int32Array.from({ length: BATCH }, (_, image) => image % 10);
  await model.step([{ images, labels }], { learningRate: 0.01, momentum: 0.9 });
}
