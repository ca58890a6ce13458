/**
 * One network of bench/fused.mjs in a process of its own, so that its peak memory is that of nothing else. Argument: its name. Prints JSON of
 * CPU seconds by part and `peakMib`, which is that before ONNX Runtime is loaded.
 */
import { predictedBlocks } from '@archon-dse/compression';
import { countCycles, openModel, runBlocks } from '@archon-dse/execution';
import { FusedNetwork, LayerRun } from '@archon-dse/fused-execution';
import fusioNet from '@archon-dse/net-fusionet';
import mobileNetV2 from '@archon-dse/net-mobilenetv2';
import { planModel } from '@archon-dse/tensor';
import { buildNetwork } from '@archon-dse/testing';
import { loadBackend } from '@archon-dse/training';
import { prunedWeights } from './fused.mjs';
import { cpuSeconds, perCall } from './measure.mjs';

const NETWORKS = {
  'MobileNetV2, modified': { plugin: mobileNetV2, options: { variant: 'modified' } },
  FusioNet: { plugin: fusioNet, options: {} },
};
/** The published accelerator, where nothing but its adders is waited for. */
const HARDWARE = {
  ...{
    pes: 64,
    addersPerPe: 6,
    productsPerCycle: 24,
    adderFifoWords: 5,
    maskWordsPerCycle: Infinity,
    maskWordBits: 16,
  },
  ...{ productBits: 26, dramBitsPerCycle: Infinity, prefetchBits: 0 },
};
const SECONDS = 2;

const { plugin, options } = NETWORKS[process.argv[2]];
const network = buildNetwork(plugin.networks[0], options);
const blocks = predictedBlocks(network);
const predictor = { relus: blocks.flatMap(({ relus }) => relus), kernels: 'frozen' };
const plan = planModel({ network, batch: 1, predictor });
const tensors = prunedWeights(plan, new Set(blocks.flatMap(({ kernels }) => kernels)));

const [executed, verified] = timedOnce(executeOnce);
const cycles = (coupling) =>
  timedOnce(() => executed.forEach((block) => countCycles(block, { ...HARDWARE, coupling })))[1];
const [lockStep, fifo] = [cycles('lock-step'), cycles('fifo')];
const peakMib = Math.round(process.resourceUsage().maxRSS / 1024);
const image = openOnce().image(0).slice();
const [fusedNetwork, preparing] = timedOnce(() => new FusedNetwork(plan, tensors));
const run = new LayerRun(plan, tensors);
const [fused, layers] = [perCall(() => fusedNetwork.run(image), SECONDS), perCall(() => run.run(image), SECONDS)];
const onnx = await onnxSeconds();
console.log(JSON.stringify({ preparing, fused, layers, verified, lockStep, fifo, onnx, peakMib }));

/** As a point is executed: prepared, run both ways and compared, once. */
function executeOnce() {
  return runBlocks(openOnce());
}

function openOnce() {
  const info = { stage: 'predict', network, prediction: { predictor } };
  return openModel({ info, tensors }, { file: 'bench', data: 'procedural', images: 1, masks: 'predictors' });
}

function timedOnce(work) {
  const start = cpuSeconds();
  const result = work();
  return [result, cpuSeconds() - start];
}

async function onnxSeconds() {
  const backend = await loadBackend('onnx', { threads: 1 });
  const model = await backend.compile(plan, tensors);
  const batch = { images: image, labels: Int32Array.of(0) };
  await model.evaluate(batch);
  const times = 10;
  const start = cpuSeconds();
  for (let run = 0; run < times; run++) await model.evaluate(batch);
  const seconds = (cpuSeconds() - start) / times;
  await model.dispose();
  return seconds;
}
