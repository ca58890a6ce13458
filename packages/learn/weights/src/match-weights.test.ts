import { afterAll, describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import fc from 'fast-check';
import { matchWeights } from './match-weights.js';
import { readWeights } from './read-weights.js';
import { NETWORK, randomWeights, temporaryFolder } from './test-fixtures.js';
import { kerasLayers, writeKerasFile } from './testing/index.js';
import type { FileLayer, WeightFile } from './weight-file.js';

const folder = await temporaryFolder();
afterAll(folder.remove);

const weights = randomWeights(NETWORK);

/** A file as if it had been read. */
function fileOf(layers: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>): WeightFile {
  const entries = Object.entries(layers).map(([name, parts]): FileLayer => {
    const tensors = Object.entries(parts).map(([part, shape]) => {
      const data = new Float32Array(shape.reduce((product, extent) => product * extent, 1));
      return [part, { name: `${name}/${part}:0`, shape, data }];
    });
    return { name, tensors: Object.fromEntries(tensors) as FileLayer['tensors'] };
  });
  return { path: 'w.h5', layers: entries };
}

/** The shapes of the network by its own names. */
const OWN = {
  stem: { kernel: [1, 1, 3, 4], bias: [4] },
  'b1.expand': { kernel: [1, 1, 2, 6], bias: [6] },
  'b1.expand.bn': { gamma: [6], beta: [6], mean: [6], variance: [6] },
  'b1.depthwise': { kernel: [3, 3, 6, 1] },
  fc: { kernel: [6, 2], bias: [2] },
};

function mistakes(file: WeightFile, naming: 'auto' | 'ours' | 'keras'): readonly string[] {
  return diagnosticsOf(() => matchWeights(NETWORK, file, naming)).map(({ code, message }) => `${code} ${message}`);
}

describe('by number', () => {
  it('puts the filters of a group behind those of the group before it', () => {
    const layer = (name: string, values: readonly number[]): FileLayer => {
      const kernel = { name: `${name}/kernel:0`, shape: [1, 1, 2, 3], data: Float32Array.from(values) };
      const bias = { name: `${name}/bias:0`, shape: [3], data: Float32Array.from(values.slice(0, 3)) };
      return { name, tensors: { kernel, bias } };
    };
    const rest = fileOf({
      conv2d: OWN.stem,
      batch_normalization: OWN['b1.expand.bn'],
      depthwise_conv2d: OWN['b1.depthwise'],
      dense: OWN.fc,
    });
    const groups = [layer('conv2d_2', [7, 8, 9, 10, 11, 12]), layer('conv2d_1', [1, 2, 3, 4, 5, 6])];
    const matched = matchWeights(NETWORK, { path: 'w.h5', layers: [...groups, ...rest.layers] }, 'keras');
    // row of the first input: three filters of the first group, three of the second; then the second input
    expect([...matched['b1.expand/kernel']!.data]).toEqual([1, 2, 3, 7, 8, 9, 4, 5, 6, 10, 11, 12]);
    expect([...matched['b1.expand/bias']!.data]).toEqual([1, 2, 3, 7, 8, 9]);
  });

  it('gives back what was written, whatever the first number is', async () => {
    const path = folder.file('any.h5');
    await fc.assert(
      fc.asyncProperty(fc.nat(200), fc.boolean(), async (first, model) => {
        await writeKerasFile(path, kerasLayers(NETWORK, weights, first), { model });
        const file = await readWeights(path);
        expect(matchWeights(NETWORK, file, 'keras')).toEqual(weights);
        expect(matchWeights(NETWORK, file, 'auto')).toEqual(weights);
      }),
      { numRuns: 10 },
    );
  });

  it('takes a layer that is grouped itself', () => {
    const file = fileOf({
      conv2d: OWN.stem,
      conv2d_1: OWN['b1.expand'],
      batch_normalization: OWN['b1.expand.bn'],
      depthwise_conv2d: OWN['b1.depthwise'],
      dense: OWN.fc,
    });
    expect(matchWeights(NETWORK, file, 'keras')['b1.expand/kernel']!.shape).toEqual([1, 1, 2, 6]);
  });
});

describe('by name', () => {
  it('takes equal names, which "auto" finds out', () => {
    expect(Object.keys(matchWeights(NETWORK, fileOf(OWN), 'auto'))).toEqual(Object.keys(weights));
  });

  it('says all that is missing with what was meant, all that is left over, and all shapes', () => {
    const { 'b1.depthwise': depthwise, ...others } = OWN;
    const file = fileOf({
      ...others,
      'b1.depthwize': depthwise,
      stem: { kernel: [1, 1, 3, 8], bias: [4] },
      fc: { kernel: [6, 10], bias: [10] },
      extra: { kernel: [1] },
    });
    const [missing, left, misshapen, ...more] = mistakes(file, 'ours');
    expect(more).toEqual([]);
    expect(missing).toBe(
      'ARCHON_WEIGHTS_MISMATCH "w.h5" lacks 1 tensor of me/tiny:\n' +
        '  b1.depthwise/kernel  3 x 3 x 6 x 1  Did you mean "b1.depthwize"?',
    );
    expect(left).toBe(
      'ARCHON_WEIGHTS_MISMATCH "w.h5" has 2 tensors that me/tiny has no place for:\n' +
        '  b1.depthwize  b1.depthwize/kernel:0  3 x 3 x 6 x 1\n' +
        '  extra         extra/kernel:0         1',
    );
    expect(misshapen).toBe(
      'ARCHON_WEIGHTS_MISMATCH "w.h5" has 3 tensors of another shape than me/tiny:\n' +
        '  stem/kernel  1 x 1 x 3 x 4  is 1 x 1 x 3 x 8 in stem/kernel:0\n' +
        '  fc/kernel    6 x 2          is 6 x 10 in fc/kernel:0\n' +
        '  fc/bias      2              is 10 in fc/bias:0',
    );
  });

  it('refuses one group of two', () => {
    const { 'b1.expand': whole, ...others } = OWN;
    expect(mistakes(fileOf({ ...others, 'b1.expand': { ...whole, kernel: [1, 1, 2, 3] } }), 'ours')).toHaveLength(1);
  });
});
