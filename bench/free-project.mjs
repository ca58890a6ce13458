/** A project whose points cost nothing to evaluate, so that what is left is what a sweep costs; and a digest of what became of it. */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { openStore } from '@archon-dse/store';

/** A network of one layer on an accelerator that only multiplies. */
const PLUGIN = `
import { API_VERSION, defineAccelerator, defineNetwork, definePlugin } from '@archon-dse/core';
const option = (description) => ({ type: 'integer', description, default: 1, minimum: 1 });
export default definePlugin({
  meta: { name: 'archon-free', namespace: 'free', version: '1.0.0', apiVersion: API_VERSION },
  networks: [defineNetwork({
    name: 'one', title: 'One layer', description: 'One convolution.', source: 'made up', options: {},
    build: () => ({ id: 'free/one', input: [4, 4, 2], classes: 3, layers: [
      { name: 'input', op: 'input', inputs: [], block: 'head', role: 'input' },
      { name: 'conv', op: 'conv', inputs: ['input'], block: 'tail', role: 'conv', kernel: 1, stride: 1, groups: 1, filters: 3, bias: false },
    ] }),
  })],
  accelerators: [defineAccelerator({
    name: 'mac', title: 'MACs', description: 'Computes nothing.', source: 'made up',
    options: { a: option('Multipliers.'), b: option('Nothing.'), c: option('Nothing.'), d: option('Nothing.'), e: option('Nothing.') },
    create: ({ a, b, c, d, e }) => ({
      components: () => [{ name: 'mac', class: 'intmac', attributes: { dataBits: 8 }, instances: a }],
      supports: () => ({ ok: true }),
      run: ({ workloads }) => {
        const layers = workloads.map(({ name, block, role, macs }) => ({
          name, block, role, macs, cycles: macs + b * c + d * e, utilization: macs / ((macs + b * c + d * e) * a),
          actions: [{ component: 'mac', action: 'compute', count: macs }],
        }));
        return { cycles: layers.reduce((sum, layer) => sum + layer.cycles, 0), layers };
      },
    }),
  })],
});
`;

/** Axes of ten values; the first is shorter where fewer points are asked for. */
const freeSweep = (points) => `
apiVersion: archon/v1
name: free
plugins: [./plugin]
networks: [{ use: free/one }]
accelerators:
  - use: free/mac
    axes: { e: { from: 1, to: ${points / 1e4}, step: 1 }, a: ${TEN}, b: ${TEN}, c: ${TEN}, d: ${TEN} }
objectives: [cycles, areaUm2]
executor: { kind: workerpool, workers: 2 }
`;
const TEN = '{ from: 1, to: 10, step: 1 }';

/**
 * Writes the plugin and a sweep of it, `free.yaml`.
 *
 * @param points - a multiple of 10^4
 * @returns the folder
 */
export function freeProject(prefix, points) {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  mkdirSync(join(folder, 'plugin'));
  const core = pathToFileURL(fileURLToPath(import.meta.resolve('@archon-dse/core'))).href;
  writeFileSync(join(folder, 'plugin/index.js'), PLUGIN.replace("'@archon-dse/core'", `'${core}'`));
  const archonDse = { apiVersion: 2, entry: './index.js', provides: ['network:one', 'accelerator:mac'] };
  const manifest = { name: 'archon-free', version: '1.0.0', type: 'module', archonDse };
  writeFileSync(join(folder, 'plugin/package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'free.yaml'), freeSweep(points));
  return folder;
}

/** A digest of all records but for their timing, by id. */
export function digestOf(outDir) {
  const store = openStore(outDir);
  const hash = createHash('sha256');
  for (const record of store.records([...store.ids()].sort())) hash.update(JSON.stringify({ ...record, timing: 0 }));
  store.close();
  return hash.digest('hex');
}
