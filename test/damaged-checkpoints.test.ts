import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArchonError } from '@archon-dse/core';
import { readCheckpoint, writeCheckpoint, type Checkpoint } from '@archon-dse/training';
import { decodeTensors, encodeTensors } from '@archon-dse/weights';
import { kerasLayers, writeKerasFile } from '@archon-dse/weights/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { readSaved } from '../packages/learn/training/dist/checkpoints/saved-training.js';
import { damageTensors, good, network, SET, weights } from './damaged/checkpoint.js';
import { tried, tryAll, tryCommand, type Outcome } from './damaged/try.js';
import { archonHere } from './in-process.js';
import { bitFlips, jsonMutations, otherFiles, randomOf, truncations, type Mutant } from './mutate.js';
import { temporaryFolder } from './workspace.js';

/**
 * Damaged checkpoints and weights of every kind, seeded. Each is refused with a code, or it means what the whole file means, and then that is checked: no
 * stack trace, no hang, no silent success, and nothing in them that a terminal would obey.
 */

const folder = temporaryFolder();
afterAll(folder.remove);

describe('checkpoints', async () => {
  const path = join(folder.path, 'good.safetensors');
  await writeCheckpoint(path, good);
  const bytes = readFileSync(path);
  const random = randomOf('checkpoint');
  const mutants = [
    ...damageTensors(bytes, 'checkpoint bytes'),
    ...bitFlips(bytes, bytes.length - 40_000, bytes.length, 20, random),
  ];

  it('with damaged bytes: archon evaluate', async () => {
    const file = join(folder.path, 'bytes.safetensors');
    await tryAll(
      'checkpoints, bytes',
      mutants,
      ({ what, bytes: damaged }) => {
        writeFileSync(file, damaged);
        return tryCommand(what, ['evaluate', file]);
      },
      async () => expect(await readCheckpoint(file)).toEqual(await readCheckpoint(path)),
    );
  });

  it('that say something else, with a hash that holds: archon evaluate and runs show', async () => {
    const file = join(folder.path, 'info.safetensors');
    const forged = jsonMutations(good.info, 60, randomOf('info')).map(({ what, value }) => ({
      what,
      value: JSON.parse(JSON.stringify(value)) as Checkpoint['info'],
    }));
    await tryAll(
      'checkpoints, what they say',
      forged,
      async ({ what, value }) => {
        await writeCheckpoint(file, { info: value, tensors: weights });
        const outcome = await tryCommand(what, ['runs', 'show', file]);
        // one that can be shown may yet be of a network that nothing can be evaluated with
        if (!outcome.isRefused && what.startsWith('network')) await tryCommand(what, ['evaluate', file]);
        return outcome;
      },
      async ({ value }) => expect(await readCheckpoint(file)).toEqual({ info: value, tensors: weights }),
      'say something else that may be',
    );
  });

  it('in a folder: archon runs lists each with what is wrong, and nothing that a terminal obeys', async () => {
    const runs = join(folder.path, 'runs');
    const hostile = { ...good.info, stage: 'x\u001b[31m\u009b2J', dataset: '\u202eslegna\r' };
    const files = [...mutants.slice(0, 40), ...otherFiles(bytes)];
    for (const [index, { bytes: damaged }] of files.entries()) {
      const run = join(runs, `train-${String(index).padStart(16, '0')}`);
      mkdirSync(run, { recursive: true });
      writeFileSync(join(run, 'model.safetensors'), damaged);
    }
    await writeCheckpoint(join(runs, 'train-ffffffffffffffff', 'model.safetensors'), {
      info: hostile,
      tensors: weights,
    });
    symlinkSync(join(runs, 'nothing'), join(runs, 'dangling.safetensors'));
    const { stdout } = await tryCommand('a folder', ['runs', runs]);
    expect(stdout).toContain('x\\u001b[31m\\u009b2J');
    expect(stdout).toContain('\\u202eslegna\\u000d');
    const { stdout: json } = await tryCommand('a folder', ['runs', runs, '--json']);
    const listed = JSON.parse(json) as { runs: { stage: string }[]; unreadable: { problem: string }[] };
    expect(listed.runs.map(({ stage }) => stage)).toEqual([hostile.stage]);
    expect(listed.unreadable).toHaveLength(files.length + 1);
    for (const { problem } of listed.unreadable) expect(problem).toMatch(/\S/);
  });

  it('that a training goes on from', async () => {
    const run = join(folder.path, 'train-1');
    const put = (name: string) =>
      writeCheckpoint(join(run, name), { ...good, info: { ...good.info, training: 'train-1' } });
    await put('last.safetensors');
    const last = readFileSync(join(run, 'last.safetensors'));
    const files = damageTensors(last, 'last').filter((_, index) => index % 3 === 0);
    await tryAll(
      'checkpoints, gone on from',
      files.map((file, index) => ({ ...file, name: index % 2 === 0 ? 'last.safetensors' : 'model.safetensors' })),
      async ({ what, bytes: damaged, name }) => {
        await put('last.safetensors');
        await put('model.safetensors');
        writeFileSync(join(run, name), damaged);
        const error: unknown = await readSaved(run).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        if (error !== undefined) expect(error, what).toBeInstanceOf(ArchonError);
        return { isRefused: error !== undefined, stdout: '' };
      },
      async () => expect((await readSaved(run)).state).toEqual(weights),
    );
  });

  it('that a real training goes on from: exit code 2, and what to do', async () => {
    const out = join(folder.path, 'trained');
    const train = [
      'train',
      '--network',
      'mobilenet-v2',
      ...SET,
      '--images',
      '8',
      '--batch',
      '8',
      '--epochs',
      '1',
      '--out',
      out,
    ];
    const { stdout } = await tryCommand('whole', [...train, '--json']);
    const { stages } = JSON.parse(stdout) as { stages: { checkpoint: string }[] };
    const last = stages[0]!.checkpoint.replace('model.', 'last.');
    writeFileSync(last, readFileSync(last).subarray(0, -1));
    const { status, stderr } = await archonHere(train);
    expect({ status, stderr }).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('ARCHON_CHECKPOINT_INVALID'),
    });
    expect(stderr).toContain('Delete the folder to train it again.');
  });
});

describe('weights of others', async () => {
  const out = join(folder.path, 'imported');
  const tensorFile = encodeTensors({ tensors: weights, metadata: {} });
  const kerasPath = join(folder.path, 'weights.h5');
  await writeKerasFile(kerasPath, kerasLayers(network, weights));

  const importOf =
    (extension: string) =>
    ({ what, bytes }: Mutant): Promise<Outcome> => {
      rmSync(out, { recursive: true, force: true });
      const file = join(folder.path, `damaged.${extension}`);
      writeFileSync(file, bytes);
      return tryCommand(what, ['import', file, '--network', 'mobilenet-v2', ...SET, '--out', out, '--json']);
    };

  /** How many values of an import differ from the original, by tensor. */
  async function differences({ stdout }: Outcome): Promise<readonly number[]> {
    const { checkpoint } = JSON.parse(stdout) as { checkpoint: string };
    const { tensors } = await readCheckpoint(checkpoint);
    expect(
      Object.keys(tensors)
        .filter((name) => !name.endsWith('/mask'))
        .sort(),
    ).toEqual(Object.keys(weights).sort());
    return Object.entries(weights)
      .map(([name, { data }]) => data.filter((value, index) => !Object.is(value, tensors[name]?.data[index])).length)
      .filter((count) => count > 0);
  }

  it('in safetensors files: archon import', async () => {
    const same = async (_: Mutant, outcome: Outcome): Promise<void> => expect(await differences(outcome)).toEqual([]);
    await tryAll('safetensors', damageTensors(tensorFile, 'safetensors'), importOf('safetensors'), same);
    expect(decodeTensors(tensorFile).tensors).toEqual(weights);
  });

  it('in Keras files: archon import', async () => {
    const bytes = readFileSync(kerasPath);
    const random = randomOf('keras');
    const mutants = [
      ...truncations(bytes, 10, random),
      ...bitFlips(bytes, 0, bytes.length, 40, random),
      ...bitFlips(bytes, 0, 2048, 20, random),
      ...otherFiles(bytes),
    ];
    // HDF5 has no checksums: a bit turned in a value, or in the address of one tensor, gives other numbers that nobody can tell
    const nearly = async (_: Mutant, outcome: Outcome): Promise<void> =>
      expect((await differences(outcome)).length).toBeLessThanOrEqual(1);
    await tryAll('Keras HDF5', mutants, importOf('h5'), nearly, 'mean the same but for one tensor at most');
  });
});

it('are 300 and more', () => {
  expect(tried.files).toBeGreaterThanOrEqual(300);
});
