import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import { toyRegistry } from '../../../../test/toy-registry.js';
import { parseSweep } from './sweep.js';
import { MINIMAL, problemsOf } from './test-fixtures.js';

const SLURM = {
  ...{ kind: 'slurm', partition: 'main,long', account: 'lab', qos: 'normal', constraint: 'a100|h100', gres: 'gpu:1' },
  ...{ timeMinutes: 90, memoryMb: 4096, cpusPerTask: 4, tasks: 40, tasksAtOnce: 8, pointsPerTask: 20, pollS: 30 },
  ...{ timeoutS: 60, setup: ['module load node'], options: ['--exclude=n3', '--exclusive', '--comment=a b'] },
};

const parse = (executor: unknown) =>
  parseSweep(`${MINIMAL}executor: ${JSON.stringify(executor)}\n`, 'sweep.yaml', toyRegistry());

describe('executor: slurm', () => {
  it('reads every key', () => {
    expect(parse(SLURM).executor).toEqual(SLURM);
    expect(parse({ kind: 'slurm' }).executor).toEqual({ kind: 'slurm' });
  });

  it.each([
    ['{ kind: slurm, workers: 4 }', 'ARCHON_SWEEP_BAD_VALUE 4'],
    ['{ kind: workerpool, partition: main }', 'ARCHON_SWEEP_BAD_VALUE main'],
    ['{ kind: serial, timeMinutes: 5 }', 'ARCHON_SWEEP_BAD_VALUE 5'],
    ['{ kind: slurm, partitoin: main }', 'ARCHON_SWEEP_UNKNOWN_KEY partitoin'],
    ['{ kind: slurm, partition: "a b" }', 'ARCHON_SWEEP_BAD_VALUE "a b"'],
    ['{ kind: slurm, timeMinutes: 0 }', 'ARCHON_SWEEP_BAD_VALUE 0'],
    ['{ kind: slurm, setup: module load node }', 'ARCHON_SWEEP_WRONG_TYPE module load node'],
    ['{ kind: slurm, options: [exclusive] }', 'ARCHON_SWEEP_BAD_VALUE exclusive'],
    ['{ kind: slurm, options: ["-p main"] }', 'ARCHON_SWEEP_BAD_VALUE "-p main"'],
    ['{ kind: slurm, options: [--array=0-3] }', 'ARCHON_SWEEP_BAD_VALUE --array=0-3'],
    ['{ kind: slurm, options: [--job=mine] }', 'ARCHON_SWEEP_BAD_VALUE --job=mine'],
    ['{ kind: slurm, options: [--mem=4G] }', 'ARCHON_SWEEP_BAD_VALUE --mem=4G'],
  ])('refuses %s', (executor, problem) => {
    expect(problemsOf(`${MINIMAL}executor: ${executor}\n`)).toEqual([problem]);
  });

  it('says what to write instead', () => {
    const [mistake] = diagnosticsOf(() => parse({ kind: 'slurm', options: ['--mem=4G'] }));
    expect(mistake).toMatchObject({ path: 'executor.options[0]', expected: 'the key memoryMb in place of --mem' });
    const [other] = diagnosticsOf(() => parse({ kind: 'workerpool', gres: 'gpu:1' }));
    expect(other).toMatchObject({ path: 'executor.gres', expected: 'no gres with kind: workerpool, only with slurm' });
  });
});
