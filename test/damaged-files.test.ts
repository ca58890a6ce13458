import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ArchonError, type Network } from '@archon-dse/core';
import mobileNetV2 from '@archon-dse/net-mobilenetv2';
import { initialState, planModel, type NamedTensors } from '@archon-dse/tensor';
import { buildNetwork } from '@archon-dse/testing';
import { readCheckpoint, writeCheckpoint, type Checkpoint } from '@archon-dse/training';
import { decodeTensors, encodeTensors } from '@archon-dse/weights';
import { kerasLayers, writeKerasFile } from '@archon-dse/weights/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { readSaved } from '../packages/learn/training/dist/checkpoints/saved-training.js';
import { archonHere } from './in-process.js';
import { bitFlips, jsonMutations, otherFiles, randomOf, truncations, type Mutant } from './mutate.js';
import { temporaryFolder } from './workspace.js';

/**
 * Damaged files of every kind, seeded. Each is refused with a code, or it means what the whole file means, and then that is checked: no
 * stack trace, no hang, no silent success, and nothing in them that a terminal would obey.
 */

const folder = temporaryFolder();
const counts: string[] = [];
let all = 0;
afterAll(folder.remove);

const OPTIONS = { width: 0.1, resolution: 8, classes: 2 };
const SET = Object.entries(OPTIONS).flatMap(([key, value]) => ['--set', `${key}=${String(value)}`]);
const network: Network = buildNetwork(mobileNetV2.networks![0]!, OPTIONS);
const plan = planModel({ network, batch: 1 });
const state = initialState(plan, 1);
const weights = Object.fromEntries(plan.weights.map(({ name }) => [name, state[name]!])) satisfies NamedTensors;
const epoch = { trainLoss: 1, trainAccuracy: 0.5, testLoss: 1, testAccuracy: 0.5 };
const good: Checkpoint = {
  info: {
    ...{ stage: 'train', network, dataset: 'procedural', seed: 1, epochs: 2, history: [epoch], epoch: 0 },
    origin: { networkOptions: OPTIONS, recipe: 'short', batch: 8, parent: { stage: 'train', sha256: 'ab' } },
  },
  tensors: weights,
};

interface Outcome {
  readonly isRefused: boolean;
  readonly stdout: string;
}

/** Runs a command on damaged files: exit code 2 and a code, or 0. */
async function tryCommand(what: string, args: readonly string[]): Promise<Outcome> {
  const { status, stdout, stderr } = await archonHere(args);
  const shown = `${what}\n${args.join(' ')}\n${stdout.slice(0, 300)}\n${stderr.slice(0, 1500)}`;
  expect([0, 2], shown).toContain(status);
  expect(stderr, shown).not.toMatch(/\n\s+at |[Ii]nternal error/);
  expect(stdout + stderr, shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  if (status === 2) expect(stdout + stderr, shown).toMatch(/^(.*:\d+:\d+ {2})?ARCHON_[A-Z_]+$|"code": "ARCHON_/m);
  return { isRefused: status === 2, stdout };
}

/** Tries them all; those that are accepted must pass `verify`. */
async function tryAll<T extends { readonly what: string }>(
  kind: string,
  mutants: readonly T[],
  attempt: (mutant: T, index: number) => Promise<Outcome>,
  verify: (mutant: T, outcome: Outcome, index: number) => unknown,
  accepting = 'mean the same',
): Promise<void> {
  const accepted: string[] = [];
  for (const [index, mutant] of mutants.entries()) {
    const outcome = await attempt(mutant, index);
    if (outcome.isRefused) continue;
    accepted.push(mutant.what);
    await verify(mutant, outcome, index);
  }
  all += mutants.length;
  const refused = mutants.length - accepted.length;
  counts.push(
    `${kind}: ${String(mutants.length)} damaged, ${String(refused)} refused, ${String(accepted.length)} ${accepting}`,
  );
}

/** Damage anywhere in a safetensors file. */
function damageTensors(bytes: Buffer, label: string): readonly Mutant[] {
  const random = randomOf(label);
  const end = 8 + Number(bytes.readBigUInt64LE());
  const header = JSON.parse(bytes.toString('utf8', 8, end)) as object;
  const headers = jsonMutations(header, 30, random).map(({ what, value }) => {
    const json = Buffer.from(JSON.stringify(value));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(json.length));
    return { what: `header: ${what}`, bytes: Buffer.concat([length, json, bytes.subarray(end)]) };
  });
  return [
    ...truncations(bytes, 12, random),
    ...bitFlips(bytes, 0, 8, 8, random),
    ...bitFlips(bytes, 8, end, 30, random),
    ...otherFiles(bytes),
    ...headers,
  ];
}

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

describe('folders of images', () => {
  const RECORD = 3073;
  const random = randomOf('cifar');
  const names = [1, 2, 3, 4, 5].map((number) => `data_batch_${String(number)}.bin`).concat('test_batch.bin');
  const whole = new Map(
    names.map((name) => [
      name,
      Buffer.from(
        Uint8Array.from({ length: 2 * RECORD }, (_, at) => (at % RECORD === 0 ? random() * 10 : random() * 256)),
      ),
    ]),
  );
  interface FolderMutant {
    readonly what: string;
    /** Changes a folder of whole files. */
    readonly damage: (dir: string) => void;
  }
  const replaced = (name: string, { what, bytes }: Mutant): FolderMutant => ({
    what: `${name}: ${what}`,
    damage: (dir) => writeFileSync(join(dir, name), bytes),
  });
  const labelled = (label: number): Buffer => Buffer.from(whole.get(names[0]!)!).fill(label, 0, 1);
  const mutants: readonly FolderMutant[] = [
    ...names.flatMap((name) => truncations(whole.get(name)!, 4, random).map((mutant) => replaced(name, mutant))),
    ...names.flatMap((name) => bitFlips(whole.get(name)!, 0, 1, 4, random).map((mutant) => replaced(name, mutant))),
    ...otherFiles(whole.get(names[2]!)!).map((mutant) => replaced(names[2]!, mutant)),
    ...[10, 99, 255].map((label) => replaced(names[0]!, { what: `label ${String(label)}`, bytes: labelled(label) })),
    ...names.map((name) => ({ what: `${name} is missing`, damage: (dir: string) => rmSync(join(dir, name)) })),
    ...names.map((name) => ({
      what: `${name} is a folder`,
      damage: (dir: string) => {
        rmSync(join(dir, name));
        mkdirSync(join(dir, name));
      },
    })),
    ...names.map((name) => ({
      what: `${name} leads nowhere`,
      damage: (dir: string) => {
        rmSync(join(dir, name));
        symlinkSync(join(dir, 'nothing'), join(dir, name));
      },
    })),
    { what: 'a file too many', damage: (dir) => writeFileSync(join(dir, 'notes.txt'), 'mine') },
    { what: 'a second dataset', damage: (dir) => writeFileSync(join(dir, 'train.bin'), Buffer.alloc(3074)) },
    { what: 'train and test exchanged', damage: (dir) => copyFileSync(join(dir, names[5]!), join(dir, names[0]!)) },
  ];

  it('archon data info', async () => {
    const dir = join(folder.path, 'images');
    await tryAll(
      'folders of images',
      mutants,
      ({ what, damage }) => {
        rmSync(dir, { recursive: true, force: true });
        mkdirSync(dir);
        for (const [name, bytes] of whole) writeFileSync(join(dir, name), bytes);
        damage(dir);
        return tryCommand(what, ['data', 'info', dir, '--json']);
      },
      (_, { stdout }) => {
        const { splits } = JSON.parse(stdout) as { splits: Record<string, { count: number; perClass: number[] }> };
        const labels = { train: names.slice(0, 5), test: names.slice(5) };
        for (const [split, files] of Object.entries(labels)) {
          const bytes = Buffer.concat(files.map((name) => readFileSync(join(dir, name))));
          const classes = Array.from({ length: bytes.length / RECORD }, (_, record) => bytes[record * RECORD]!);
          expect(splits[split]?.count).toBe(classes.length);
          expect(splits[split]?.perClass).toEqual(
            Array.from({ length: 10 }, (_, n) => classes.filter((c) => c === n).length),
          );
        }
      },
    );
  });
});

describe('results of a sweep', async () => {
  const sweepFile = join(folder.path, 'sweep.yaml');
  writeFileSync(
    sweepFile,
    'apiVersion: archon/v1\nname: small\nnetworks: [{ use: mobilenet-v2, options: { width: 0.1, resolution: 8 }, axes: { classes: [2, 3] } }]\n' +
      'accelerators: [{ use: dense, axes: { glbKib: [64, 128] } }]\nobjectives: [cycles, energyPj]\nexecutor: { kind: serial }\n',
  );
  const original = join(folder.path, 'sweep');
  await archonHere(['sweep', sweepFile, '--out', original]);
  const journal = readFileSync(join(original, 'results/0001.jsonl'));
  const note = readFileSync(join(original, 'sweep.json'));
  const lines = journal.toString().trimEnd().split('\n');
  /** Metrics of each point, without the rank that depends on the others. */
  const rowsOf = (dir: string): Map<string, string> =>
    new Map(
      readFileSync(join(dir, 'pareto.csv'), 'utf8')
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((row) => row.split(','))
        .map(([id = '', group, , , ...values]) => [id, [group, ...values].join()]),
    );
  const expected = rowsOf(original);
  const dir = join(folder.path, 'report');
  const put = (results: Buffer, sweep: Buffer): void => {
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(join(dir, 'results'), { recursive: true });
    writeFileSync(join(dir, 'results/0001.jsonl'), results);
    writeFileSync(join(dir, 'sweep.json'), sweep);
  };
  /** Points that are there have the values they had. */
  const sameValues = (): void => {
    for (const [id, row] of rowsOf(dir)) expect(row).toBe(expected.get(id));
  };
  const random = randomOf('journal');
  const textOf = (...rows: readonly string[]): Buffer => Buffer.from(`${rows.join('\n')}\n`);
  const [first = '', ...others] = lines;
  const damaged: readonly Mutant[] = [
    ...truncations(journal, 12, random),
    ...bitFlips(journal, 0, journal.length, 40, random),
    ...otherFiles(journal),
    ...jsonMutations(JSON.parse(first), 20, random).map(({ what, value }) => ({
      what,
      bytes: textOf(JSON.stringify(value), ...others),
    })),
    { what: 'a line twice', bytes: textOf(first, first, ...others) },
    { what: 'another order', bytes: textOf(...others, first) },
    { what: 'a line too few', bytes: textOf(...others) },
    { what: 'an empty line', bytes: textOf(first, '', ...others) },
    { what: 'a line from elsewhere', bytes: textOf('{"schemaVersion":9}', ...lines) },
    { what: 'Windows line ends', bytes: Buffer.from(`${lines.join('\r\n')}\r\n`) },
  ];

  it('archon report, with a damaged journal', async () => {
    await tryAll(
      'journals',
      damaged,
      ({ what, bytes }) => {
        put(bytes, note);
        return tryCommand(what, ['report', dir]);
      },
      sameValues,
    );
  });

  it('archon report, with records that no digest guards, as of earlier versions', async () => {
    const record = JSON.parse(first) as Record<string, unknown>;
    await tryAll(
      'journals without digests',
      jsonMutations(
        JSON.parse(
          JSON.stringify({ ...record, check: undefined, layers: (record['layers'] as unknown[]).slice(0, 2) }),
        ),
        40,
        randomOf('forged'),
      ),
      ({ what, value }) => {
        put(textOf(JSON.stringify(value), ...others), note);
        return tryCommand(what, ['report', dir]);
      },
      () => expect(rowsOf(dir).size).toBeGreaterThanOrEqual(3), // whatever it says, the others are as they were
      'say something else that may be',
    );
  });

  it('archon report, with a damaged note of the sweep', async () => {
    const rest = JSON.parse(note.toString()) as object;
    await tryAll(
      'notes of a sweep',
      [
        ...truncations(note, 8, random),
        ...bitFlips(note, 0, note.length, 24, random),
        ...otherFiles(note),
        ...jsonMutations(rest, 20, random).map(({ what, value }) => ({
          what,
          bytes: Buffer.from(JSON.stringify(value)),
        })),
      ],
      ({ what, bytes }) => {
        put(journal, bytes);
        return tryCommand(what, ['report', dir]);
      },
      () => expect(rowsOf(dir)).toEqual(expected),
    );
  });

  it('archon sweep, going on from a damaged journal', async () => {
    await tryAll(
      'journals, gone on from',
      damaged.filter((_, index) => index % 8 === 0),
      ({ what, bytes }) => {
        put(bytes, note);
        return tryCommand(what, ['sweep', sweepFile, '--out', dir]);
      },
      () => expect(rowsOf(dir)).toEqual(expected),
    );
  });
});

it('are 300 and more', () => {
  console.log([...counts, `${String(all)} damaged files in all`].join('\n'));
  expect(all).toBeGreaterThanOrEqual(300);
});
