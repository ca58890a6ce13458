/** One image through networks with predicted blocks: layer by layer, with every such block as one convolution, and on ONNX Runtime; one thread each. */
import { predictedBlocks } from '@archon-dse/compression';
import { seededRandom } from '@archon-dse/core';
import { FusedNetwork, LayerRun } from '@archon-dse/fused-execution';
import fusioNet from '@archon-dse/net-fusionet';
import mobileNetV2 from '@archon-dse/net-mobilenetv2';
import { initialState, planModel } from '@archon-dse/tensor';
import { buildNetwork } from '@archon-dse/testing';
import { loadBackend } from '@archon-dse/training';
import { cpuSeconds, ms, perCall, table } from './measure.mjs';

const NETWORKS = [
  { name: 'MobileNetV2, modified', plugin: mobileNetV2, options: { variant: 'modified' } },
  { name: 'FusioNet', plugin: fusioNet, options: {} },
];
/** As the published runs leave of pointwise and depthwise kernels. */
const DENSITY = { pointwise: 0.2, depthwise: 0.3 };

export async function fusedExecution() {
  const rows = [];
  for (const { name, plugin, options } of NETWORKS) {
    const network = buildNetwork(plugin.networks[0], options);
    const blocks = predictedBlocks(network);
    const predictor = { relus: blocks.flatMap(({ relus }) => relus), kernels: 'frozen' };
    const plan = planModel({ network, batch: 1, predictor });
    const tensors = prunedWeights(plan, new Set(blocks.flatMap(({ kernels }) => kernels)));
    const random = seededRandom(1, 'image');
    const image = Float32Array.from({ length: 32 * 32 * 3 }, () => 4 * random() - 2);
    const before = cpuSeconds();
    const fused = new FusedNetwork(plan, tensors);
    const preparing = cpuSeconds() - before;
    const layers = new LayerRun(plan, tensors);
    const [fusedS, layersS] = [perCall(() => fused.run(image), 4), perCall(() => layers.run(image), 4)];
    const mib = Math.round(process.memoryUsage().rss / 2 ** 20);
    rows.push([name, ms(preparing), ms(fusedS), ms(layersS), ms(await onnxSeconds(plan, tensors, image)), mib]);
  }
  return table(['network', 'fused, prepared in', 'an image', 'layer by layer', 'ONNX Runtime', 'MiB'], rows);
}

async function onnxSeconds(plan, tensors, image) {
  const backend = await loadBackend('onnx', { threads: 1 });
  const model = await backend.compile(plan, tensors);
  const batch = { images: image, labels: Int32Array.of(0) };
  await model.evaluate(batch);
  const start = cpuSeconds();
  const times = 10;
  for (let run = 0; run < times; run++) await model.evaluate(batch);
  const seconds = (cpuSeconds() - start) / times;
  await model.dispose();
  return seconds;
}

export function prunedWeights(plan, pruned) {
  const random = seededRandom(2, 'weights');
  const state = initialState(plan, 1);
  return Object.fromEntries(
    Object.entries(state).map(([name, { shape, data }]) => {
      const [layer, part] = name.split('/');
      if (part !== 'kernel' || !pruned.has(layer)) return [name, { shape, data }];
      const density = layer.endsWith('depthwise') ? DENSITY.depthwise : DENSITY.pointwise;
      return [name, { shape, data: data.map((value) => (random() < density ? value : 0)) }];
    }),
  );
}
