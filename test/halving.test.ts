import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EvaluationRecord } from '@archon-dse/core';
import { afterAll, describe, expect, it } from 'vitest';
import { archonHere } from './in-process.js';
import { journalOf, temporaryFolder } from './workspace.js';

/** Six small networks are trained for an epoch, two of them for two, and one for four. */
const SWEEP = `
apiVersion: archon/v1
name: halving
networks:
  - { use: mobilenet-v2, options: { resolution: 8, classes: 2 }, axes: { width: [0.1, 0.15, 0.2, 0.25] } }
stages:
  - { use: train, options: { images: 24, batch: 8 }, axes: { epochs: [1, 2, 4] } }
accelerators:
  - { use: dense, axes: { meshX: [4, 8] } }
objectives: [accuracy, cycles]
search: { strategy: halving, resource: epochs, budget: { points: 9 }, points: 6, eta: 3 }
`;

const folder = temporaryFolder();
afterAll(() => folder.remove());
const file = join(folder.path, 'sweep.yaml');
writeFileSync(file, SWEEP);

/** Sweeps into a folder of its own. */
async function sweptWith(name: string, ...flags: readonly string[]) {
  const out = join(folder.path, name);
  const { status } = await archonHere(['sweep', file, '--out', out, '--json', ...flags]);
  const records = journalOf(out) as unknown as readonly EvaluationRecord[];
  return { status, records, read: (path: string) => readFileSync(join(out, path), 'utf8') };
}

describe('successive halving of trainings', async () => {
  const { status, records, read } = await sweptWith('out', '--workers', '1');
  const epochsOf = ({ point }: EvaluationRecord) => Number(point.stages[0]?.options['epochs']);

  it('trains each design that goes on from rung to rung, with a record for each', () => {
    expect(status).toBe(0);
    const epochs = records.map(epochsOf).sort((a, b) => a - b);
    expect(epochs).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 4]);
    for (const record of records) expect(record.budgets).toMatchObject([{ stage: 'train', epochs: epochsOf(record) }]);
  });

  it('has on its front only what was trained to the end, beside what it was screened with', () => {
    const { groups, counts } = JSON.parse(read('summary.json')) as {
      readonly groups: readonly { readonly front: readonly { readonly id: string; readonly refines: string }[] }[];
      readonly counts: { readonly points: number; readonly front: number };
    };
    const final = records.filter((record) => epochsOf(record) === 4).map(({ pointId }) => pointId);
    expect(groups.flatMap(({ front }) => front.map(({ id }) => id))).toEqual(final);
    expect(counts).toMatchObject({ points: 9, front: 1 });
    const [before] = groups.flatMap(({ front }) => front.map(({ refines }) => refines));
    expect(records.filter(({ pointId }) => pointId === before).map(epochsOf)).toEqual([2]);
    expect(read('pareto.csv').trimEnd().split('\n').length).toBeGreaterThanOrEqual(2);
  });

  it('is the same with two workers, whose trainings end in another order', async () => {
    expect((await sweptWith('two', '--workers', '2')).records).toEqual(records);
  });
}, 300_000);
