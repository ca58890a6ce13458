/** One image through networks with predicted blocks, layer by layer, fused, verified and counted cycle by cycle, and on ONNX Runtime; one thread each. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { seededRandom } from '@archon-dse/core';
import { initialState } from '@archon-dse/tensor';
import { ms, table } from './measure.mjs';

const NETWORKS = ['MobileNetV2, modified', 'FusioNet'];
/** As the published runs leave of pointwise and depthwise kernels. */
const DENSITY = { pointwise: 0.2, depthwise: 0.3 };

export function fusedExecution() {
  const child = fileURLToPath(new URL('fused-child.mjs', import.meta.url));
  const rows = NETWORKS.map((name) => {
    const found = JSON.parse(execFileSync(process.execPath, [child, name], { encoding: 'utf8' }));
    const { preparing, fused, layers, verified, lockStep, fifo, onnx, peakMib } = found;
    return [name, ...[preparing, fused, layers, verified, lockStep, fifo, onnx].map(ms), peakMib];
  });
  const times = ['fused, prepared in', 'an image', 'layer by layer', 'verified', 'cycles, lock-step', 'cycles, FIFOs'];
  return table(['network', ...times, 'ONNX Runtime', 'peak MiB'], rows);
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
