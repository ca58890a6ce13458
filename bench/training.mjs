/** Images a second and peak memory of training and inference, each measured in a process of its own, on one thread. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { count, table } from './measure.mjs';

const CHILD = fileURLToPath(new URL('training-child.mjs', import.meta.url));
const NETWORKS = [
  { network: 'MobileNetV2', width: 1 },
  { network: 'FusioNet', width: 1 },
  { network: 'MobileNetV2', width: 0.25 },
  { network: 'FusioNet', width: 0.25 },
];
const FULL = { resolution: 32, parts: 1, warmUp: true };
/** Plain JavaScript needs minutes an image: a single image of a quarter of the cells, on a cold engine, is taken times four. */
const RUNS = [
  { ...FULL, backend: 'onnxruntime-node', batch: 32 },
  { ...FULL, backend: 'onnxruntime-node', batch: 8, parts: 4 },
  { ...FULL, backend: 'onnxruntime-web', batch: 32 },
  { ...FULL, backend: 'tfjs-wasm', batch: 32 },
  { ...FULL, backend: 'tfjs-cpu', batch: 1, resolution: 16, warmUp: false },
];
/** What not to measure, e.g. BENCH_WITHOUT=tfjs-cpu; the table says so. */
const WITHOUT = (process.env.BENCH_WITHOUT ?? '').split(',');

export function training() {
  const rows = NETWORKS.flatMap(({ network, width }) => {
    const native = {};
    return RUNS.map((run) => {
      const batch = run.parts === 1 ? run.batch : `${run.parts} parts of ${run.batch}`;
      const figures = ['training', 'inference'].flatMap((what) => {
        if (WITHOUT.includes(run.backend)) return ['left out', '', ''];
        const result = measure({ network, width, what, ...run });
        if (result === undefined) return ['failed', '', ''];
        native[what] ??= result.imagesPerSecond;
        return [
          rate(result.imagesPerSecond),
          `${Number((native[what] / result.imagesPerSecond).toPrecision(2))}x`,
          count(result.peakMib),
        ];
      });
      return [network, width, run.backend, batch, ...figures];
    });
  });
  const figures = (what) => [`${what}, images/s`, 'native is', 'peak MiB'];
  return table(['network', 'width', 'backend', 'batch', ...figures('training'), ...figures('inference')], rows);
}

/** Undefined when the process fails, mostly for want of memory; its last words go to stderr. */
function measure(run) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CHILD, JSON.stringify(run)], { encoding: 'utf8' });
  if (status === 0) {
    const { imagesPerSecond, peakMib } = JSON.parse(stdout);
    return { imagesPerSecond: imagesPerSecond * (run.resolution / FULL.resolution) ** 2, peakMib };
  }
  console.error(`${JSON.stringify(run)} failed: ${stderr.trim().split('\n').slice(-3).join(' ')}`);
  return undefined;
}

const rate = (value) => (value >= 100 ? count(value) : value.toPrecision(2));
