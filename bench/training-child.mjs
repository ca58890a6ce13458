/**
 * One measurement of bench/training.mjs in a process of its own, so that its peak memory is that of nothing else. Argument: JSON of
 * `{network, width, backend, batch, parts, resolution, what, warmUp}`. Prints JSON of `{imagesPerSecond, peakMib}`.
 */
import { fusioNet } from '@archon-dse/net-fusionet';
import { mobileNetV2 } from '@archon-dse/net-mobilenetv2';
import { initialState, planModel } from '@archon-dse/tensor';
import { sampleBatch } from '@archon-dse/tensor/testing';
import { onnxBackend } from '@archon-dse/backend-onnx';
import { tfjsBackend } from '@archon-dse/backend-tfjs';
import { cpuSeconds } from './measure.mjs';

const NETWORKS = { MobileNetV2: mobileNetV2, FusioNet: fusioNet };
const BACKENDS = {
  'onnxruntime-node': () => onnxBackend({ runtime: 'native' }),
  'onnxruntime-web': () => onnxBackend({ runtime: 'web' }),
  'tfjs-wasm': () => tfjsBackend({ runtime: 'wasm' }),
  'tfjs-cpu': () => tfjsBackend({ runtime: 'cpu' }),
};
/** CPU seconds to measure for, one call at least. */
const SECONDS = 4;

const { network: name, width, backend: id, batch, parts, resolution, what, warmUp } = JSON.parse(process.argv[2]);
const { meta, build } = NETWORKS[name];
const defaults = Object.entries(meta.options).map(([option, { default: value }]) => [option, value]);
const network = build({ ...Object.fromEntries(defaults), width, resolution });
const plan = planModel({ network, batch });
const backend = await BACKENDS[id]();
const model = await backend.compile(plan, initialState(plan, 1));
const batches = Array.from({ length: parts }, (_, part) => sampleBatch({ network, batch }, part));
const rates = { learningRate: 0.01, momentum: 0.9 };
const call = () => (what === 'training' ? model.step(batches, rates) : model.evaluate(batches[0]));

if (warmUp) await call();
const start = cpuSeconds();
let images = 0;
do {
  await call();
  images += batch * (what === 'training' ? parts : 1);
} while (cpuSeconds() - start < SECONDS);
const imagesPerSecond = images / (cpuSeconds() - start);
const peakMib = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ imagesPerSecond, peakMib }));
