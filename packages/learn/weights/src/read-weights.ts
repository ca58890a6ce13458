import { readBytes } from '@archon-dse/core/files';
import { findBadValue } from '@archon-dse/tensor';
import { readKerasFile } from './keras-file.js';
import { decodeTensors } from './safetensors.js';
import { attemptRead, gatherLayers, splitName, unreadable, type FileLayer, type WeightFile } from './weight-file.js';

const SIGNATURES = {
  hdf5: Buffer.from([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]),
  zip: Buffer.from([0x50, 0x4b, 0x03, 0x04]),
};

/** The JSON header of a safetensors file starts behind its length. */
const HEADER_AT = 8;
const BRACE = '{'.charCodeAt(0);

/** What training keeps beside weights: no weights, and masks follow from them. */
const COMPANIONS = ['momentum', 'mask', 'scale'];

/**
 * Reads a file of weights; what it is shows in its first bytes.
 *
 * @throws ArchonError ARCHON_FILE_NOT_FOUND or ARCHON_FILE_REFUSED; ARCHON_WEIGHTS_INVALID for a damaged file, another format, another
 *   type than float32, and values that weights cannot have
 */
export async function readWeights(path: string): Promise<WeightFile> {
  const bytes = readBytes(path, 'a file of weights');
  const layers = await attemptRead(path, () => {
    if (startsWith(bytes, SIGNATURES.zip)) {
      return unreadable(path, 'it is a ZIP archive', 'Save a .keras model as model.save("weights.h5").');
    }
    if (startsWith(bytes, SIGNATURES.hdf5)) return readKerasFile(path);
    return bytes[HEADER_AT] === BRACE ? readTensors(bytes) : unreadable(path, 'it is of neither format');
  });
  if (layers.length === 0) unreadable(path, 'no layer in it has a tensor');
  for (const { tensors } of layers) {
    for (const [part, tensor] of Object.entries(tensors)) {
      const problem = findBadValue(part, tensor.data);
      if (problem !== undefined) unreadable(path, `tensor "${tensor.name}" ${problem}`);
    }
  }
  return { path, layers };
}

/** Tensors named `layer/part`, as our checkpoints have them. */
function readTensors(bytes: Uint8Array): readonly FileLayer[] {
  const named = Object.entries(decodeTensors(bytes).tensors).map(([name, tensor]) => ({ name, ...tensor }));
  const weights = named.filter(({ name }) => !COMPANIONS.includes(splitName(name)[1]));
  return gatherLayers(weights.map((tensor) => [splitName(tensor.name)[0], tensor]));
}

function startsWith(bytes: Buffer, signature: Buffer): boolean {
  return bytes.subarray(0, signature.length).equals(signature);
}
