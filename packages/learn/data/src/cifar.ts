import { fail } from '@archon-dse/core';
import { readBytes } from '@archon-dse/core/files';
import { findCifar, type CifarFile } from './cifar-files.js';
import {
  CIFAR_FORMATS,
  CIFAR_IMAGE_BYTES,
  CIFAR_RESOLUTION,
  IMAGES,
  recordBytes,
  type CifarName,
} from './cifar-format.js';
import type { Dataset, Split } from './dataset.js';

/**
 * Reads one split of CIFAR-10 or CIFAR-100 (fine labels) in the official binary format into memory.
 *
 * @param folder - what {@link findCifar} accepts
 * @param name - the dataset, when known; otherwise what the sizes say
 * @throws ArchonError ARCHON_DATA_NOT_FOUND, ARCHON_DATA_SIZE, ARCHON_FILE_*, or ARCHON_DATA_LABEL for a label out of range
 */
export function readCifar(folder: string, split: Split, name?: CifarName): Dataset {
  const found = findCifar(folder, name);
  const files = found.files[split];
  if (files.length === 0) {
    fail({
      code: 'ARCHON_DATA_NOT_FOUND',
      message: `"${found.folder}" holds no ${split} images`,
      expected: `a file ${split}*.bin`,
    });
  }
  const count = files.reduce((sum, { bytes }) => sum + bytes, 0) / recordBytes(found.name);
  const labels = new Uint16Array(count);
  const images = new Uint8Array(count * CIFAR_IMAGE_BYTES);
  let first = 0;
  for (const file of files)
    first += readFile(file, found.name, labels.subarray(first), images.subarray(first * CIFAR_IMAGE_BYTES));
  const classes = CIFAR_FORMATS[found.name].labels.at(-1) ?? 0;
  return { name: found.name, split, classes, count, resolution: CIFAR_RESOLUTION, images, labels };
}

/** Splits the records of a file into labels and images; returns how many there are. */
function readFile(file: CifarFile, name: CifarName, labels: Uint16Array, images: Uint8Array): number {
  const limits = CIFAR_FORMATS[name].labels;
  const bytes = readBytes(file.path, IMAGES);
  if (bytes.length !== file.bytes) {
    fail({
      code: 'ARCHON_DATA_SIZE',
      message: `"${file.path}" changed from ${String(file.bytes)} to ${String(bytes.length)} bytes while it was read`,
      expected: 'files that nothing writes to',
    });
  }
  const count = file.bytes / recordBytes(name);
  for (let record = 0; record < count; record += 1) {
    const start = record * recordBytes(name);
    limits.forEach((limit, index) => {
      const label = bytes[start + index] ?? limit;
      if (label >= limit) badLabel(file.path, { record, label, limit });
      labels[record] = label;
    });
    const pixels = start + limits.length;
    images.set(bytes.subarray(pixels, pixels + CIFAR_IMAGE_BYTES), record * CIFAR_IMAGE_BYTES);
  }
  return count;
}

function badLabel(
  path: string,
  at: { readonly record: number; readonly label: number; readonly limit: number },
): never {
  return fail({
    code: 'ARCHON_DATA_LABEL',
    message: `image ${String(at.record)} of "${path}" has label ${String(at.label)}`,
    expected: `0 to ${String(at.limit - 1)}`,
  });
}
