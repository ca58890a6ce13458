import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { tried, tryAll, tryCommand } from './damaged/try.js';
import { bitFlips, otherFiles, randomOf, truncations, type Mutant } from './mutate.js';
import { temporaryFolder } from './workspace.js';

/**
 * Damaged folders of images, seeded. Each is refused with a code, or it means what the whole file means, and then that is checked: no
 * stack trace, no hang, no silent success, and nothing in them that a terminal would obey.
 */

const folder = temporaryFolder();
afterAll(folder.remove);

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

it('are 60 and more', () => {
  expect(tried.files).toBeGreaterThanOrEqual(60);
});
