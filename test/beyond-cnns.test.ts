import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EvaluationRecord } from '@archon-dse/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archonHere } from './in-process.js';
import { journalOf, temporaryFolder } from './workspace.js';

const SWEEP = `
apiVersion: archon/v1
name: beyond
networks:
  - { use: convnext, options: { variant: tiny, resolution: 32 } }
  - { use: vit, options: { variant: tiny, depth: 1, resolution: 32 } }
  - { use: mlp-mixer, options: { variant: small, patch: 16, resolution: 32 } }
accelerators:
  - use: dense
  - use: sparse
  - use: archon
objectives: [cycles, energyPj]
seed: 1
`;

/** PEs of the arrays, with one multiplier each. */
const PES = 72;

/** At 224 pixels these are 28,589,128, and 18,528,264 with 196 tokens; a token mixer of T tokens has 513 T + 256. */
const COUNTS = {
  // Planes of 8, 4, 2 and 1 instead of 56 to 7: a 49th of 4,454,763,264 MACs, and 768,000 of the classifier.
  'archon/convnext': {
    parameters: 28_589_128,
    macs: 91_681_536,
    notCosted: { layerNorm: 23, gelu: 18, add: 18, globalAveragePool: 1, softmax: 1 },
  },
  // 4 patches and a class token; stem 147,648, token 192, positions 960, block 444,864, norm 384, classifier 193,000.
  'archon/vit': {
    parameters: 787_048,
    macs: 4 * 147_456 + 5 * (4 * 36_864 + 2 * 147_456) + 2 * 5 * 5 * 192 + 192_000,
    notCosted: { positionEmbedding: 1, layerNorm: 3, softmax: 2, add: 2, gelu: 1 },
  },
  // 4 tokens of 512 channels, 8 blocks.
  'archon/mlp-mixer': {
    parameters: 18_528_264 - 8 * 513 * (196 - 4),
    macs: 4 * 393_216 + 8 * (2 * 512 * 4 * 256 + 2 * 4 * 512 * 2_048) + 512_000,
    notCosted: { layerNorm: 17, gelu: 16, add: 16, globalAveragePool: 1, softmax: 1 },
  },
} as const;

describe('networks beyond CNNs on the built-in accelerators', () => {
  const folder = temporaryFolder();
  afterAll(folder.remove);
  let records: readonly EvaluationRecord[] = [];
  beforeAll(async () => {
    const [file, out] = ['beyond.yaml', 'out'].map((name) => join(folder.path, name)) as [string, string];
    writeFileSync(file, SWEEP);
    await archonHere(['sweep', file, '--out', out, '--executor', 'serial']);
    records = journalOf(out) as unknown as readonly EvaluationRecord[];
  });
  const recordOf = (network: string, accelerator: string): EvaluationRecord | undefined =>
    records.find(({ point }) => point.network.use === network && point.accelerator.use === `archon/${accelerator}`);

  it.each(Object.entries(COUNTS))('%s is counted by hand, on dense and on sparse', (network, counts) => {
    const { parameters, macs, notCosted } = counts;
    const [onDense, onSparse] = ['dense', 'sparse'].map((accelerator) => recordOf(network, accelerator));
    for (const record of [onDense, onSparse]) {
      expect(record).toMatchObject({ status: 'ok', metrics: { parameters, macs } });
      expect(record?.notCosted).toEqual(notCosted);
      expect(record?.layers.reduce((sum, layer) => sum + layer.macs, 0)).toBe(macs);
      expect(record?.metrics['cycles']).toBeGreaterThanOrEqual(macs / PES);
    }
    // Nothing is pruned, so there is nothing to skip.
    expect(onSparse?.metrics['cycles']).toBe(onDense?.metrics['cycles']);
  });

  it.each([
    ['archon/convnext', 'b0.depthwise', 'a 7x7 window takes 49 words and psumSpadWords'],
    ['archon/vit', 'stem', 'a 16x16 window takes 256 words and psumSpadWords'],
    ['archon/mlp-mixer', 'stem', 'a 16x16 window takes 256 words and psumSpadWords'],
  ])('%s is refused by archon for the windows that do not fit', (network, layer, reason) => {
    expect(recordOf(network, 'archon')).toMatchObject({
      status: 'failed',
      error: {
        code: 'ARCHON_WORKLOAD_UNSUPPORTED',
        layer,
        message: expect.stringContaining(reason) as string,
      },
    });
  });

  it('have no block that archon fuses, whatever fits', async () => {
    const room = ['psumSpadWords=256', 'predictionBufferWords=256', 'resolution=32'].flatMap((set) => ['--set', set]);
    const { status, stderr } = await archonHere(['simulate', '--network', 'vit', '--accelerator', 'archon', ...room]);
    expect(status).toBe(2);
    expect(stderr).toContain('ARCHON finds no block to fuse in this network');
  });

  it('have their other work in describe and simulate', async () => {
    const vit = ['--set', 'variant=tiny', '--set', 'depth=1', '--set', 'resolution=32'];
    const text = 'positionEmbedding 1, layerNorm 3, softmax 2, add 2, gelu 1';
    const described = await archonHere(['describe', 'vit', ...vit]);
    expect(described.stdout).toContain(`other work  ${text}; without MACs`);
    expect(described.stdout).toMatch(/^MACs +[\d,]+$/m);
    const batch = await archonHere(['describe', 'vit', ...vit, '--set', 'batch=4']);
    expect(batch.stdout).toMatch(/^MACs +[\d,]+ for a batch of 4$/m);
    const { notCosted } = COUNTS['archon/vit'];
    expect(JSON.parse((await archonHere(['describe', 'vit', ...vit, '--json'])).stdout)).toMatchObject({
      otherWork: notCosted,
    });
    const simulate = ['simulate', '--network', 'vit', '--accelerator', 'dense', ...vit];
    expect((await archonHere(simulate)).stdout).toContain(`not costed   ${text}`);
    expect(JSON.parse((await archonHere([...simulate, '--json'])).stdout)).toMatchObject({ notCosted });
  });
});
