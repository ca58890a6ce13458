/**
 * One sweep of bench/scale.mjs in a process of its own. Arguments: file of the sweep, out directory, and a folder to keep layer results in, or
 * none. Prints JSON of points, CPU seconds of the run and resident memory in MB at quarters of its points.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSweep, runSweep } from '@archon-dse/runner';
import { BUILTIN_PLUGINS } from '../packages/host/cli/dist/builtin-plugins.js';
import { cpuSeconds } from './measure.mjs';

const [file, outDir, keepDir] = process.argv.slice(2);
const cli = fileURLToPath(new URL('../packages/host/cli', import.meta.url));
const { sweep, plugins } = await loadSweep(file, { plugins: BUILTIN_PLUGINS, directories: [cli, dirname(file)] });
const [startCpu, start] = [cpuSeconds(), performance.now()];
const quarters = [];
const { store, counts } = await runSweep({
  ...{ sweep, plugins, outDir, cwd: join(file, '..') },
  ...(keepDir === undefined ? {} : { keeping: { dir: keepDir, maxBytes: 2e9 } }),
  onProgress({ done, total }) {
    if (done >= ((quarters.length + 1) * total) / 4) quarters.push(Math.round(process.memoryUsage.rss() / 1e6));
  },
});
store.close();
console.log(
  JSON.stringify({
    ...{ points: counts.total, ok: counts.ok, skipped: counts.skipped, quarters },
    ...{ cpuSeconds: cpuSeconds() - startCpu, seconds: (performance.now() - start) / 1000 },
    peakMb: Math.round(process.resourceUsage().maxRSS / 1e3),
  }),
);
