import { existsSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { archonHere } from './in-process.js';
import { temporaryFolder } from './workspace.js';

interface Trained {
  readonly stages: readonly {
    readonly stage: string;
    readonly accuracy: number;
    readonly density: { readonly nonzero: number; readonly total: number };
    readonly checkpoint: string;
  }[];
}

interface Scores {
  readonly falseNegative: number;
  readonly falsePositive: number;
  readonly maskDensity: number;
}

interface Evaluated {
  readonly predictor?: Scores & { readonly layers: readonly (Scores & { readonly layer: string })[] };
  readonly top1: number;
  readonly density: readonly { readonly layer: string; readonly nonzero: number; readonly total: number }[];
}

const folder = temporaryFolder();
afterAll(() => folder.remove());

const NETWORK = ['--network', 'mobilenet-v2', '--set', 'width=0.1', '--set', 'resolution=8', '--set', 'classes=2'];
const SMALL = ['train', 'prune', 'predict'].flatMap((stage) => [
  '--set',
  `${stage}.images=40`,
  '--set',
  `${stage}.batch=20`,
]);
const TRAIN = ['train', ...NETWORK, ...SMALL, '--epochs', '3', '--out', folder.path, '--json'];

describe('archon train and evaluate', async () => {
  const first = await archonHere([...TRAIN, '--stages', 'train,prune,predict']);
  const trained = JSON.parse(first.stdout) as Trained;

  it('trains, prunes and predicts, and tells how far it is on stderr', () => {
    expect(first.status).toBe(0);
    expect(trained.stages.map(({ stage }) => stage)).toEqual(['archon/train', 'archon/prune', 'archon/predict']);
    const [dense, sparse, predicting] = trained.stages;
    expect(dense?.density.nonzero).toBe(dense?.density.total);
    expect(sparse?.density.nonzero).toBeLessThan(sparse?.density.total ?? 0);
    expect(predicting?.density).toEqual(sparse?.density);
    for (const { accuracy, checkpoint } of trained.stages) {
      expect(accuracy >= 0 && accuracy <= 1).toBe(true);
      expect(existsSync(checkpoint)).toBe(true);
    }
    expect(first.stderr).toMatch(
      /mobilenet-v2 {2}predict {2}epoch 3\/3 {2}loss \d\.\d+ {2}accuracy [\d.]+% {2}\d+ images\/s/,
    );
  });

  it('trains nothing twice', async () => {
    const second = await archonHere([...TRAIN, '--stages', 'train,prune,predict']);
    expect(JSON.parse(second.stdout)).toEqual(trained);
    expect(second.stderr).not.toContain('epoch');
  });

  it('evaluates a checkpoint by itself, layer by layer', async () => {
    const [, pruned] = trained.stages;
    const result = JSON.parse((await archonHere(['evaluate', pruned?.checkpoint ?? '', '--json'])).stdout) as Evaluated;
    expect(result).toMatchObject({
      network: 'archon/mobilenet-v2',
      stage: 'prune',
      dataset: 'procedural',
      images: 1000,
    });
    expect(result.top1 >= 0 && result.top1 <= 1).toBe(true);
    const { density } = result;
    expect(density.reduce((sum, { nonzero }) => sum + nonzero, 0)).toBe(pruned?.density.nonzero);
    const kept = (name: string): number => {
      const { nonzero, total } = density.find(({ layer }) => layer === name) ?? { nonzero: 0, total: 0 };
      return nonzero / total;
    };
    expect(kept('stem')).toBe(1);
    expect(kept('b16.expand')).toBeCloseTo(0.2, 2);
    expect(kept('b16.depthwise')).toBeCloseTo(0.3, 2);
    expect(result.predictor).toBeUndefined();
  });

  it('scores the predictions of a predicting network, which they change', async () => {
    const [, , predicting] = trained.stages;
    const { predictor, density } = JSON.parse(
      (await archonHere(['evaluate', predicting?.checkpoint ?? '', '--json'])).stdout,
    ) as Evaluated;
    // two of three convolutions in each of the 16 blocks after b0
    expect(predictor?.layers.map(({ layer }) => layer)).toEqual(
      Array.from({ length: 16 }, (_, block) => [`b${block + 1}.expand`, `b${block + 1}.depthwise`]).flat(),
    );
    for (const { falseNegative, falsePositive, maskDensity } of [...(predictor?.layers ?? []), predictor!]) {
      for (const share of [falseNegative, falsePositive, maskDensity]) expect(share >= 0 && share <= 1).toBe(true);
    }
    expect(predictor?.maskDensity).toBeGreaterThan(0);
    expect(density.find(({ layer }) => layer === 'b16.expand')?.nonzero).toBeLessThan(
      density.find(({ layer }) => layer === 'b16.expand')?.total ?? 0,
    );
    expect((await archonHere(['evaluate', predicting?.checkpoint ?? ''])).stdout).toMatch(
      /b16\.depthwise( +\d+\.\d%){3}/,
    );
  });

  it('computes predicted blocks as one convolution each, equal to their layers', async () => {
    const [, pruned, predicting] = trained.stages;
    const { status, stdout } = await archonHere(['verify', predicting?.checkpoint ?? '', '--images', '2', '--json']);
    const result = JSON.parse(stdout) as { readonly blocks: readonly { readonly maskMismatches: number }[] };
    expect({ status, ...result }).toMatchObject({ status: 0, images: 2, top1Agreement: 1, dataset: 'procedural' });
    expect(result.blocks.map(({ maskMismatches }) => maskMismatches)).toEqual(Array<number>(16).fill(0));
    expect((await archonHere(['verify', predicting?.checkpoint ?? '', '--images', '1'])).stdout).toMatch(
      /same class for 100\.0+% of the images/,
    );
    const oracle = await archonHere(['verify', pruned?.checkpoint ?? '', '--oracle', '--images', '1', '--json']);
    expect(JSON.parse(oracle.stdout)).toMatchObject({ images: 1, top1Agreement: 1, blocks: { length: 16 } });
    const refused = await archonHere(['verify', pruned?.checkpoint ?? '', '--json']);
    expect(refused.status).toBe(2);
    expect(refused.stdout).toContain('it is one of the stage \\"prune\\", without predictors');
  });

  it.each([
    [['train', ...NETWORK, '--stages', 'prune', '--out', folder.path], 'ARCHON_CHECKPOINT_INVALID', 'before the stage'],
    [['train', ...NETWORK, '--data', folder.path], 'ARCHON_DATA_NOT_FOUND', ''],
    [['train', ...NETWORK, '--set', 'train.recipe=publishd'], 'ARCHON_BAD_OPTION', 'published'],
    [['evaluate', 'nothing.safetensors'], 'ARCHON_FILE_NOT_FOUND', 'nothing.safetensors'],
  ])('%j is refused', async (args, code, text) => {
    const { status, stderr } = await archonHere(args);
    expect(status).toBe(2);
    expect(stderr).toContain(code);
    expect(stderr).toContain(text);
  });
});
