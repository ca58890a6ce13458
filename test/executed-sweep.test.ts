import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EvaluationRecord } from '@archon-dse/core';
import { readCheckpoint, writeCheckpoint } from '@archon-dse/training';
import { afterAll, describe, expect, it } from 'vitest';
import { archonHere } from './in-process.js';
import { journalOf, temporaryFolder } from './workspace.js';

const folder = temporaryFolder();
afterAll(() => folder.remove());
const at = (...names: string[]): string => join(folder.path, ...names);

const NETWORK = '{ variant: modified, width: 0.1, resolution: 8, classes: 2 }';
const sweep = (stages: string, axes: string): string => `
apiVersion: archon/v1
name: executed
networks:
  - { use: mobilenet-v2, options: ${NETWORK} }
stages: ${stages}
accelerators:
  - { use: archon, ${axes} }
objectives: [cycles, energyPj]
`;
const TRAINED =
  '[{ use: train, options: { images: 40, batch: 20, epochs: 1 } }, { use: predict, options: { images: 40, batch: 20, epochs: 1 } }]';

async function run(name: string, text: string, ...flags: string[]) {
  writeFileSync(at(`${name}.yaml`), text);
  return archonHere(['sweep', at(`${name}.yaml`), '--out', at(name), '--json', ...flags]);
}
const recordsOf = (name: string) => journalOf(at(name)) as unknown as readonly EvaluationRecord[];
const optionOf = ({ point }: EvaluationRecord, name: string) => point.accelerator.options[name];

describe('a sweep whose stages train, executed', async () => {
  const axes = 'axes: { fidelity: [analytical, executed], coupling: [lock-step, fifo] }';
  const { status } = await run('trained', sweep(TRAINED, axes), '--workers', '2');
  const records = recordsOf('trained');
  const executed = records.filter((record) => optionOf(record, 'fidelity') === 'executed');

  it('has the cycles of the loop nests beside those of the execution', () => {
    expect(status).toBe(0);
    expect(records.map((record) => record.status)).toEqual(['ok', 'ok', 'ok', 'ok']);
    const analytical = records.find((record) => optionOf(record, 'fidelity') === 'analytical');
    expect(executed).toHaveLength(2);
    for (const { metrics, layers } of executed) {
      expect(metrics['cyclesAnalytical']).toBe(analytical?.metrics['cycles']);
      const stalls = layers.flatMap(({ execution }) => Object.values(execution?.stalls ?? {}));
      expect(stalls.length).toBeGreaterThan(0);
      expect(layers.filter(({ phase }) => phase === 'main').every(({ execution }) => execution !== undefined)).toBe(
        true,
      );
    }
    expect(analytical?.layers.some(({ execution }) => execution !== undefined)).toBe(false);
    expect(analytical?.metrics['cyclesAnalytical']).toBeUndefined();
  });

  it('gives the same records with one worker', async () => {
    await run('alone', sweep(TRAINED, axes), '--workers', '1');
    expect(journalOf(at('alone'))).toEqual(journalOf(at('trained')));
  });
});

describe('a trained network by its checkpoint', async () => {
  const options = ['variant=modified', 'width=0.1', 'resolution=8', 'classes=2'].flatMap((one) => ['--set', one]);
  const budget = ['--epochs', '1', '--images', '40', '--batch', '20', '--out', at('train'), '--json'];
  const trained = await archonHere([
    'train',
    '--network',
    'mobilenet-v2',
    ...options,
    '--stages',
    'train,predict',
    ...budget,
  ]);
  const { stages } = JSON.parse(trained.stdout) as { stages: readonly { checkpoint: string; accuracy: number }[] };
  const [unpredicted = '', checkpoint = ''] = stages.map((stage) => stage.checkpoint);
  const EXECUTED = ['--accelerator', 'archon', '--set', 'fidelity=executed'];
  const simulate = (file: string, ...more: string[]) =>
    archonHere(['simulate', '--checkpoint', file, ...EXECUTED, ...more]);

  it('is simulated with the options it was built with, and as the same point of a sweep', async () => {
    const { status, stdout } = await simulate(checkpoint, '--json');
    const { totals, networkOptions } = JSON.parse(stdout) as Record<string, Readonly<Record<string, unknown>>>;
    expect(status).toBe(0);
    expect(networkOptions).toMatchObject({ variant: 'modified', width: 0.1, resolution: 8, classes: 2 });
    expect(totals?.['accuracy']).toBe(stages[1]?.accuracy);
    await run(
      'loaded',
      sweep(`[{ use: load, options: { checkpoint: ${checkpoint} } }]`, 'options: { fidelity: executed }'),
    );
    expect(recordsOf('loaded')[0]?.metrics).toEqual(totals);
    expect((await simulate(checkpoint)).stdout).toMatch(/^executed .*analytical.*cycles.*lost: .*adder utilization/m);
  });

  it('is the same for a copy elsewhere', async () => {
    const { info, tensors } = await readCheckpoint(checkpoint);
    await writeCheckpoint(at('copy', 'model.safetensors'), { info, tensors });
    const [here, there] = [
      await simulate(checkpoint, '--json'),
      await simulate(at('copy', 'model.safetensors'), '--json'),
    ];
    const withoutPath = ({ stdout }: typeof here) => ({ ...(JSON.parse(stdout) as object), stages: undefined });
    expect(withoutPath(there)).toEqual(withoutPath(here));
  });

  it('is refused where it cannot be executed, with the reason', async () => {
    const { info, tensors } = await readCheckpoint(checkpoint);
    const name = 'b1.expand/kernel';
    const { shape, data } = tensors[name]!;
    const broken = {
      ...tensors,
      [name]: { shape, data: data.map((value, index) => (index === 0 ? Number.NaN : value)) },
    };
    await writeCheckpoint(at('nan', 'model.safetensors'), { info, tensors: broken });
    const elsewhere = { ...info, dataset: 'cifar10' };
    await writeCheckpoint(at('other', 'model.safetensors'), { info: elsewhere, tensors });
    mkdirSync(at('images'));
    const files = ['test_batch.bin', ...[1, 2, 3, 4, 5].map((part) => `data_batch_${part}.bin`)];
    for (const name of files) writeFileSync(at('images', name), new Uint8Array(3073 * 2));
    const cases: readonly (readonly [file: string, more: readonly string[], code: string, text: string])[] = [
      [unpredicted, [], 'ARCHON_CHECKPOINT_INVALID', 'without predictors'],
      [at('nan', 'model.safetensors'), [], 'ARCHON_CHECKPOINT_INVALID', name],
      [checkpoint, ['--data', at('images')], 'ARCHON_DATA_MISMATCH', '32'],
      [at('other', 'model.safetensors'), [], 'ARCHON_DATA_MISMATCH', 'trained on cifar10'],
      [checkpoint, ['--data', at('nowhere')], 'ARCHON_FILE_NOT_FOUND', 'nowhere'],
      [checkpoint, ['--network', 'fusionet'], 'ARCHON_USAGE', 'mobilenet-v2'],
      [checkpoint, ['--set', 'width=0.2'], 'ARCHON_CHECKPOINT_INVALID', 'load'],
      [at('nowhere.safetensors'), [], 'ARCHON_FILE_NOT_FOUND', 'nowhere'],
    ];
    for (const [file, more, code, text] of cases) {
      const { status, stdout, stderr } = await simulate(file, ...more);
      expect(stderr).toContain(code);
      expect(stderr).toContain(text);
      expect([status, stdout]).toEqual([2, '']);
    }
  });
});
