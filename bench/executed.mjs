/** MobileNetV2 executed on the sparse array: one image through the network, which points of other hardware share, and its passes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sparsePlugin from '@archon-dse/accel-sparse';
import mobileNetV2 from '@archon-dse/net-mobilenetv2';
import { arrayComponents, PUBLISHED_DENSE_ARRAY } from '@archon-dse/pe-array';
import { priceComponents } from '@archon-dse/pricing';
import { planModel } from '@archon-dse/tensor';
import { buildNetwork } from '@archon-dse/testing';
import { writeCheckpoint } from '@archon-dse/training';
import { lowerToWorkloads } from '@archon-dse/workload';
import { prunedWeights } from './fused.mjs';
import { cpuSeconds, count, ms, table } from './measure.mjs';

export async function sparseExecution() {
  const dir = mkdtempSync(join(tmpdir(), 'archon-bench-'));
  try {
    const network = buildNetwork(mobileNetV2.networks[0], {});
    const run = await prepared(network, join(dir, 'model.safetensors'));
    await run({ fidelity: 'analytical' }); // finds the mappings
    const [first, computed, skipped] = [await run({}), await run({}), await run({ activations: 'skipped' })];
    const rows = [
      ['the network', first.seconds - computed.seconds, count(network.layers.length), 'layers'],
      ['passes, zero weights skipped', computed.seconds, count(computed.macs), 'multiplications'],
      ['passes, zero activations skipped too', skipped.seconds, count(skipped.macs), 'multiplications'],
    ];
    return table(
      ['one image', 'CPU', 'of', ''],
      rows.map(([name, seconds, ...rest]) => [name, ms(seconds), ...rest]),
    );
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** The sparse accelerator on the network with weights pruned as published, ready to be run with options. */
async function prepared(network, checkpoint) {
  const kernels = network.layers.filter(({ block }) => /^b[1-9]/.test(block)).map(({ name }) => name);
  const tensors = prunedWeights(planModel({ network, batch: 1 }), new Set(kernels));
  const info = { stage: 'prune', network, dataset: 'procedural', seed: 1, epochs: 0, history: [], epoch: 0 };
  await writeCheckpoint(checkpoint, { info, tensors });
  const prices = priceComponents(arrayComponents(PUBLISHED_DENSE_ARRAY));
  const given = { network, artifacts: { checkpoint }, workloads: lowerToWorkloads(network), seed: 0, cache: new Map() };
  return async (options) => {
    const start = cpuSeconds();
    const accelerator = sparsePlugin.accelerators[0].create({ fidelity: 'executed', ...options });
    const { layers } = await accelerator.run({ ...given, prices });
    return { seconds: cpuSeconds() - start, macs: layers.reduce((sum, { macs }) => sum + macs, 0) };
  };
}
