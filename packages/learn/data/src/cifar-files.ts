import { readdirSync, statSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { attemptFile, fail } from '@archon-dse/core';
import { CIFAR_FORMATS, CIFAR_NAMES, IMAGES, recordBytes, type CifarName } from './cifar-format.js';
import type { Split } from './dataset.js';

export interface CifarFile {
  readonly path: string;
  readonly bytes: number;
}

/** The files of a folder that hold a dataset, sizes checked, contents not. */
export interface CifarFolder {
  readonly name: CifarName;
  readonly folder: string;
  /** Sorted by name; empty when the folder has none for a split. */
  readonly files: Readonly<Record<Split, readonly CifarFile[]>>;
}

/** Names beside the official ones of CIFAR-10: subsets and parts. */
const OTHER_FILES: Readonly<Record<Split, RegExp>> = { train: /^train.*\.bin$/, test: /^test.*\.bin$/ };

/**
 * Finds CIFAR files in a folder, or in the official sub-folder inside it: the complete official batches of CIFAR-10, or any
 * `train*.bin` and `test*.bin`. Which of the two datasets those hold follows from their sizes.
 *
 * @param name - the dataset, when known
 * @throws ArchonError ARCHON_DATA_NOT_FOUND when there are none or one is missing, ARCHON_DATA_SIZE when a size fits no format,
 *   ARCHON_FILE_* when the file system refuses
 */
export function findCifar(folder: string, name?: CifarName): CifarFolder {
  const names = name === undefined ? CIFAR_NAMES : [name];
  const top = listFiles(folder);
  if (!top.exists) return notFound(folder, false);
  const listings = [top, ...names.map((each) => listFiles(join(folder, CIFAR_FORMATS[each].folder)))];
  const found = listings.find(({ files }) => files.some((file) => splitOf(file) !== undefined));
  if (found === undefined) return notFound(folder, true);
  const official = found.files.some((file) => file.startsWith('data_batch_'));
  if (official) checkComplete(found);
  const files = { train: filesOf(found, 'train', official), test: filesOf(found, 'test', official) };
  const all = [...files.train, ...files.test];
  const format = official && name === undefined ? 'cifar10' : (names.find((each) => fits(all, each)) ?? names[0]);
  if (format === undefined) return notFound(folder, true);
  for (const file of all) checkSize(file, format, names);
  return { name: format, folder: found.folder, files };
}

interface Listing {
  readonly folder: string;
  readonly exists: boolean;
  readonly files: readonly string[];
}

function listFiles(folder: string): Listing {
  const exists = statFolder(folder)?.isDirectory() === true;
  if (!exists) return { folder, exists, files: [] };
  return { folder, exists, files: attemptFile({ path: folder, doing: 'listed' }, () => readdirSync(folder)).sort() };
}

function statFolder(folder: string): Stats | undefined {
  return attemptFile({ path: folder, doing: 'read' }, () => statSync(folder, { throwIfNoEntry: false }));
}

function splitOf(file: string, official?: boolean): Split | undefined {
  const { train, test } = CIFAR_FORMATS.cifar10.files;
  if (train.includes(file)) return official === false ? undefined : 'train';
  if (test.some((each) => each === file)) return 'test';
  if (official === true) return undefined;
  return (['train', 'test'] as const).find((split) => OTHER_FILES[split].test(file));
}

function filesOf({ folder, files }: Listing, split: Split, official: boolean): readonly CifarFile[] {
  return files
    .filter((file) => splitOf(file, official) === split)
    .map((file) => join(folder, file))
    .map((path) => ({
      path,
      bytes: attemptFile({ path, doing: 'read', expected: IMAGES }, () => statSync(path).size),
    }));
}

function checkComplete({ folder, files }: Listing): void {
  const { train, test } = CIFAR_FORMATS.cifar10.files;
  const missing = [...train, ...test].filter((file) => !files.includes(file));
  if (missing.length === 0) return;
  fail({
    code: 'ARCHON_DATA_NOT_FOUND',
    message: `"${folder}" holds CIFAR-10 without ${missing.map((file) => `"${file}"`).join(', ')}`,
    expected: [...train, ...test].join(', '),
  });
}

function fits(files: readonly CifarFile[], name: CifarName): boolean {
  return files.every(({ bytes }) => bytes > 0 && bytes % recordBytes(name) === 0);
}

function checkSize(file: CifarFile, name: CifarName, names: readonly CifarName[]): void {
  if (fits([file], name)) return;
  const sizes = names.map((each) => `${String(recordBytes(each))} bytes (${CIFAR_FORMATS[each].title})`);
  fail({
    code: 'ARCHON_DATA_SIZE',
    message: `"${file.path}" has ${String(file.bytes)} bytes, which is no whole number of images`,
    expected: `a multiple of ${sizes.join(' or ')}`,
    hint: 'The file is cut off or of another format.',
  });
}

function notFound(folder: string, exists: boolean): never {
  return fail({
    code: 'ARCHON_DATA_NOT_FOUND',
    message: exists ? `"${folder}" holds no CIFAR files` : `there is no folder "${folder}"`,
    expected: 'data_batch_1.bin .. data_batch_5.bin and test_batch.bin, or train*.bin and test*.bin',
    hint: 'archon data fetch cifar10 --dir DIR fetches them.',
  });
}
