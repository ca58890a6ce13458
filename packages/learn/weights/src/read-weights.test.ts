import { readFile, writeFile } from 'node:fs/promises';
import type { Group } from 'h5wasm/node';
import { afterAll, describe, expect, it } from 'vitest';
import { readWeights } from './read-weights.js';
import { encodeTensors } from './safetensors.js';
import { NETWORK, randomWeights, temporaryFolder } from './test-fixtures.js';
import { kerasLayers, writeKerasFile } from './testing/index.js';

const folder = await temporaryFolder();
afterAll(folder.remove);

const layers = kerasLayers(NETWORK, randomWeights(NETWORK));
const own = await writeNamed('plain.h5');

async function writeNamed(name: string, options: Parameters<typeof writeKerasFile>[2] = {}): Promise<string> {
  const path = folder.file(name);
  await writeKerasFile(path, layers, options);
  return path;
}

describe('Keras files', () => {
  it('have their layers and parts, without those that have no tensors', async () => {
    const file = await readWeights(own);
    expect(file.layers.map(({ name, tensors }) => [name, ...Object.keys(tensors)].join(' '))).toEqual([
      'conv2d kernel bias',
      'conv2d_1 kernel bias',
      'conv2d_2 kernel bias',
      'batch_normalization gamma beta mean variance',
      'depthwise_conv2d kernel',
      'dense kernel bias',
    ]);
    const { name, shape, data } = file.layers[1]!.tensors['kernel']!;
    expect({ shape, data }).toEqual(layers[2]!.tensors[name]);
  });

  it.each([
    ['of a whole model', { model: true }],
    ['compressed', { filter: 'gzip' }],
    ['shuffled', { filter: 'shuffle' }],
    ['with long lists of names', { longest: 2 }],
  ] as const)('%s read the same', async (name, options) => {
    const plain = await readWeights(own);
    expect((await readWeights(await writeNamed(`${name}.h5`, options))).layers).toEqual(plain.layers);
  });

  it('count the layers of a model inside a model', async () => {
    const path = folder.file('nested.h5');
    const tensors = Object.assign({}, ...layers.map((layer) => layer.tensors)) as (typeof layers)[0]['tensors'];
    await writeKerasFile(path, [{ name: 'model_1', tensors }]);
    expect((await readWeights(path)).layers).toEqual((await readWeights(own)).layers);
  });
});

describe('values', () => {
  it.each([
    ['negative variances', 'bn/variance', [1, -1e-9], 'tensor "bn/variance" has negative variances'],
    ['NaN', 'bn/gamma', [1, NaN], 'tensor "bn/gamma" has values that are infinite or no numbers'],
  ])('that weights cannot have are refused at their tensor: %s', async (_what, name, values, message) => {
    const path = folder.file('values.safetensors');
    await writeFile(
      path,
      encodeTensors({ tensors: { [name]: { shape: [2], data: Float32Array.from(values) } }, metadata: {} }),
    );
    await expect(readWeights(path)).rejects.toMatchObject({
      diagnostics: [{ code: 'ARCHON_WEIGHTS_INVALID', message: expect.stringContaining(message) }],
    });
  });

  it('of Keras files too', async () => {
    const path = folder.file('variance.h5');
    const name = 'batch_normalization/moving_variance:0';
    await writeKerasFile(path, [
      { name: 'batch_normalization', tensors: { [name]: { shape: [1], data: Float32Array.of(-2) } } },
    ]);
    await expect(readWeights(path)).rejects.toMatchObject({
      diagnostics: [{ code: 'ARCHON_WEIGHTS_INVALID', message: expect.stringContaining(`"${name}" has negative`) }],
    });
  });
});

it('reads safetensors, without momenta and masks', async () => {
  const path = folder.file('model.safetensors');
  const kernel = { shape: [1, 2], data: Float32Array.of(1, 0) };
  const tensors = { 'fc/kernel': kernel, 'fc/kernel/momentum': kernel, 'fc/kernel/mask': kernel };
  await writeFile(path, encodeTensors({ tensors, metadata: {} }));
  expect((await readWeights(path)).layers).toEqual([
    { name: 'fc', tensors: { kernel: { name: 'fc/kernel', ...kernel } } },
  ]);
});

describe('refused', () => {
  const refuse = async (name: string, bytes: Uint8Array | string, message: string): Promise<void> => {
    const path = folder.file(name);
    await writeFile(path, bytes);
    await expect(readWeights(path)).rejects.toMatchObject({
      diagnostics: [{ code: 'ARCHON_WEIGHTS_INVALID', message: expect.stringContaining(message) }],
    });
  };

  it('a file that is cut off, or damaged inside compressed values', async () => {
    const whole = await readFile(own);
    await refuse('short.h5', whole.subarray(0, whole.length - 100), 'truncated file');
    const path = await writeNamed('damaged.h5', { filter: 'gzip' });
    const bytes = await readFile(path);
    const deflated = bytes.indexOf(Buffer.from([0x78, 0x5e])); // how a zlib stream of this level starts
    expect(deflated).toBeGreaterThan(0);
    await refuse('damaged.h5', bytes.fill(0xff, deflated + 2, deflated + 12), 'filter returned failure');
  });

  it('other files', async () => {
    await refuse('a.txt', 'no weights at all, but some text', 'neither format');
    await refuse('empty', '', 'neither format');
    await refuse('model.keras', Buffer.from('PK\u0003\u0004 and so on'), 'ZIP');
    await refuse('half.safetensors', encodeTensors({ tensors: {}, metadata: {} }), 'no layer');
    await expect(readWeights(folder.file('nothing'))).rejects.toMatchObject({
      diagnostics: [{ code: 'ARCHON_FILE_NOT_FOUND' }],
    });
  });

  it('HDF5 without the layout of Keras', async () => {
    const { default: hdf5 } = await import('h5wasm/node');
    await hdf5.ready;
    const path = folder.file('other.h5');
    const file = new hdf5.File(path, 'w');
    file.create_group('layers');
    file.close();
    await refuse('other.h5', await readFile(path), 'no group has the attribute "layer_names"');
  });

  it.each([
    ['float64', Float64Array.of(1, 2, 3, 4), 'is float64'],
    ['int32', Int32Array.of(1, 2, 3, 4), 'no floating-point type'],
    ['infinite', Float32Array.of(1, 2, 3, Infinity), 'infinite'],
  ])('%s', async (name, data, message) => {
    const { default: hdf5 } = await import('h5wasm/node');
    const path = await writeNamed(`${name}.h5`);
    const file = new hdf5.File(path, 'a');
    const dense = file.get('dense/dense') as Group;
    dense.create_dataset({ name: 'extra:0', data });
    (file.get('dense') as Group).delete_attribute('weight_names');
    (file.get('dense') as Group).create_attribute('weight_names', ['dense/extra:0'], [1], 'A13');
    file.close();
    await refuse(`${name}.h5`, await readFile(path), message);
  });

  it('float16', async () => {
    // turns the type of a float32 dataset into a two-byte one, which the library cannot write
    const bytes = await readFile(own);
    const type = Buffer.from([
      0x11, 0x20, 0x1f, 0x00, 0x04, 0x00, 0x00, 0x00, 0x00, 0x00, 0x20, 0x00, 0x17, 0x08, 0x00, 0x17,
    ]);
    const half = Buffer.from([
      0x11, 0x20, 0x0f, 0x00, 0x02, 0x00, 0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x0a, 0x05, 0x00, 0x0a,
    ]);
    const at = bytes.indexOf(type);
    expect(at).toBeGreaterThan(0);
    half.copy(bytes, at);
    await refuse('half.h5', bytes, 'is float16');
  });
});
