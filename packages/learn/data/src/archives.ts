import { CIFAR_FORMATS, type CifarName } from './cifar-format.js';

/** One file to fetch and unpack. */
export interface Archive {
  /** Name below the base URL, a gzipped tar. */
  readonly file: string;
  readonly bytes: number;
  /** Lowercase hexadecimal. */
  readonly sha256: string;
  /** The only folder in it. */
  readonly folder: string;
}

/** Where the archives are published; a mirror holds the same file names below a base of its own. */
export const OFFICIAL_BASE = 'https://www.cs.toronto.edu/~kriz/';

/**
 * The official archives in the binary format.
 *
 * @source names: https://www.cs.toronto.edu/~kriz/cifar.html, which gives MD5 only; SHA-256 as MLDatasets.jl, GoMLX and red-datasets
 * check it, sizes as loaders that verify them expect
 */
export const ARCHIVES: Readonly<Record<CifarName, Archive>> = {
  cifar10: {
    file: 'cifar-10-binary.tar.gz',
    bytes: 170_052_171,
    sha256: 'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
    folder: CIFAR_FORMATS.cifar10.folder,
  },
  cifar100: {
    file: 'cifar-100-binary.tar.gz',
    bytes: 168_513_733,
    sha256: '58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec',
    folder: CIFAR_FORMATS.cifar100.folder,
  },
};
