import { statSync } from 'node:fs';
import { attemptFile, fail, type Network } from '@archon-dse/core';
import { readBytes, readText } from '@archon-dse/core/files';
import { importOnnx, type OnnxImport, type OnnxOptions } from '../onnx/import-onnx.js';
import { readNetwork } from '../yaml/read-network.js';
import { skimFile } from './without-weights.js';

/** Files up to this size are read as they are. */
const SMALL_BYTES = 2 ** 20;

/** A network and, where its file is one of ONNX, what else that says. */
export type NetworkFile = { readonly network: Network } & Partial<OnnxImport>;

/**
 * The network of a file, told by its ending: `.onnx`, or `.yaml`, `.yml` and `.json` for a list of layers.
 *
 * @throws ArchonError ARCHON_FILE_NOT_FOUND, ARCHON_FILE_REFUSED, and what is wrong with the file
 */
export async function readNetworkFile(path: string, options: OnnxOptions): Promise<NetworkFile> {
  const ending = /\.[^./\\]*$/.exec(path)?.[0].toLowerCase();
  if (ending === '.onnx') return importOnnx(onnxBytes(path), options);
  if (ending === undefined || !['.yaml', '.yml', '.json'].includes(ending)) {
    return fail({
      code: 'ARCHON_BAD_OPTION',
      message: `"${path}" is no file of a network by its name`,
      expected: 'a name that ends in .onnx, .yaml, .yml or .json',
    });
  }
  const [dimension] = Object.keys(options.dims ?? {});
  if (dimension !== undefined) {
    fail({
      code: 'ARCHON_BAD_OPTION',
      message: `"${path}" leaves no dimension "${dimension}" open`,
      expected: 'dims for ONNX files only',
    });
  }
  return { network: readNetwork(await readText(path, 'a network in YAML'), path, options) };
}

/** An ONNX file without the weights that a large one holds. */
function onnxBytes(path: string): Uint8Array {
  const expected = 'an ONNX file';
  const skimmed = attemptFile({ path, doing: 'read', expected }, () => {
    const found = statSync(path);
    return found.isFile() && found.size > SMALL_BYTES ? skimFile(path, found.size) : undefined;
  });
  return skimmed ?? readBytes(path, expected);
}
