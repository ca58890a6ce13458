import { buildNetwork, blockRows, describeNetworkContract, headAndTailRows, tableRows } from '@archon-dse/testing';
import { describeNetwork } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';
import plugin, { mobileNetV2 } from './index.js';

describeNetworkContract(plugin, { describe, expect, it }, [
  { width: 0.3, variant: 'modified' },
  { width: 1.4, resolution: 33 },
  { classes: 7 },
]);

/**
 * Columns: block, plane in and out, channels in, mid, computed and out, kernel, stride, groups, join, squeeze-and-excite,
 * weights of expand, depthwise and project, parameters with BatchNorm, MACs.
 *
 * @source the authors' Keras builders and model summaries, recomputed layer by layer
 */
const BASELINE_BLOCKS = `
  b0  32 32  32  32  16  16 3 1 1   - -   1024  288    512   2144  1867776
  b1  32 32  16  96  24  24 3 1 1   - -   1536  864   2304   5568  4816896
  b2  32 32  24 144  24  24 3 1 1 add -   3456 1296   3456   9456  8404992
  b3  32 32  24 144  32  32 3 1 1   - -   3456 1296   4608  10640  9584640
  b4  32 32  32 192  32  32 3 1 1 add -   6144 1728   6144  15680 14352384
  b5  32 32  32 192  32  32 3 1 1 add -   6144 1728   6144  15680 14352384
  b6  32 16  32 192  64  64 3 2 1   - -   6144 1728  12288  21952  9879552
  b7  16 16  64 384  64  64 3 1 1 add -  24576 3456  24576  55936 13467648
  b8  16 16  64 384  64  64 3 1 1 add -  24576 3456  24576  55936 13467648
  b9  16 16  64 384  64  64 3 1 1 add -  24576 3456  24576  55936 13467648
  b10 16 16  64 384  96  96 3 1 1   - -  24576 3456  36864  68352 16613376
  b11 16 16  96 576  96  96 3 1 1 add -  55296 5184  55296 120768 29638656
  b12 16 16  96 576  96  96 3 1 1 add -  55296 5184  55296 120768 29638656
  b13 16  8  96 576 160 160 3 2 1   - -  55296 5184  92160 157888 20385792
  b14  8  8 160 960 160 160 3 1 1 add - 153600 8640 153600 324160 20213760
  b15  8  8 160 960 160 160 3 1 1 add - 153600 8640 153600 324160 20213760
  b16  8  8 160 960 320 320 3 1 1   - - 153600 8640 307200 478400 30044160
`;

const MODIFIED_BLOCKS = `
  b0  32 32 32  32 16 16 3 1 1   - -  1024  288   512   2144  1867776
  b1  32 32 16 864 24 24 3 1 1   - - 13824 7776 20736  49344 43352064
  b2  32 32 24 864 24 24 3 1 1 add - 20736 7776 20736  56256 50429952
  b3  32 32 24 864 24 24 3 1 1 add - 20736 7776 20736  56256 50429952
  b4  32 16 24 864 32 32 3 2 1   - - 20736 7776 27648  63200 30302208
  b5  16 16 32 864 32 32 3 1 1 add - 27648 7776 27648  70112 16146432
  b6  16 16 32 864 32 32 3 1 1 add - 27648 7776 27648  70112 16146432
  b7  16 16 32 864 32 32 3 1 1 add - 27648 7776 27648  70112 16146432
  b8  16  8 32 864 40 40 3 2 1   - - 27648 7776 34560  77056  9787392
  b9   8  8 40 864 40 40 3 1 1 add - 34560 7776 34560  83968  4921344
  b10  8  8 40 864 40 40 3 1 1 add - 34560 7776 34560  83968  4921344
  b11  8  8 40 864 40 40 3 1 1 add - 34560 7776 34560  83968  4921344
  b12  8  8 40 864 40 40 3 1 1 add - 34560 7776 34560  83968  4921344
  b13  8  8 40 864 40 40 3 1 1 add - 34560 7776 34560  83968  4921344
  b14  8  8 40 864 80 80 3 1 1   - - 34560 7776 69120 118688  7133184
`;

/** Columns: layer, operation, plane in and out, channels in and out, kernel, stride, groups, parameters, MACs. */
const BASELINE_OUTER = `
  stem    conv      32 32    3   32 3 1 1    864   884736
  stem.bn batchNorm 32 32   32   32 - - -    128        0
  tail    conv       8  8  320 1280 1 1 1 409600 26214400
  tail.bn batchNorm  8  8 1280 1280 - - -   5120        0
  fc      dense      1  1 1280   10 - - -  12810    12800
`;

const MODIFIED_OUTER = `
  stem    conv      32 32    3   32 3 1 1    864  884736
  stem.bn batchNorm 32 32   32   32 - - -    128       0
  tail    conv       8  8   80 1280 1 1 1 102400 6553600
  tail.bn batchNorm  8  8 1280 1280 - - -   5120       0
  fc      dense      1  1 1280   10 - - -  12810   12800
`;

describe('MobileNetV2', () => {
  it.each([
    ['baseline', 'cifar10', 2_271_946, 2_237_770, 297_521_664],
    ['modified', 'cifar10', 1_174_442, 1_122_234, 273_799_680],
    ['baseline', 'cifar100', 2_387_236, 2_353_060, 297_636_864],
  ])('%s for %s has the published totals', (variant, dataset, parameters, trainableParameters, macs) => {
    const description = describeNetwork(buildNetwork(mobileNetV2, { variant, dataset }));
    expect(description).toMatchObject({ parameters, trainableParameters, macs });
  });

  it.each([
    ['baseline', BASELINE_BLOCKS, BASELINE_OUTER],
    ['modified', MODIFIED_BLOCKS, MODIFIED_OUTER],
  ])('%s has the published blocks, head and tail', (variant, blocks, outer) => {
    const network = buildNetwork(mobileNetV2, { variant });
    expect(blockRows(network)).toEqual(tableRows(blocks));
    expect(headAndTailRows(network)).toEqual(tableRows(outer));
  });

  it('differs between the datasets in its classifier only', () => {
    const network = buildNetwork(mobileNetV2, { dataset: 'cifar100' });
    expect(blockRows(network)).toEqual(tableRows(BASELINE_BLOCKS));
    const outer = BASELINE_OUTER.replace(/fc.*/, 'fc dense 1 1 1280 100 - - - 128100 128000');
    expect(headAndTailRows(network)).toEqual(tableRows(outer));
  });

  it('names the layers of a block by their role, each followed by BatchNorm and, but for the last, ReLU', () => {
    const { layers } = buildNetwork(mobileNetV2);
    expect(layers.filter((layer) => layer.block === 'b2').map(({ name, role }) => [name, role])).toEqual([
      ['b2.expand', 'expand'],
      ['b2.expand.bn', 'norm'],
      ['b2.expand.relu', 'activation'],
      ['b2.depthwise', 'depthwise'],
      ['b2.depthwise.bn', 'norm'],
      ['b2.depthwise.relu', 'activation'],
      ['b2.project', 'project'],
      ['b2.project.bn', 'norm'],
      ['b2.add', 'join'],
    ]);
    expect(layers.filter((layer) => layer.block === 'tail').map((layer) => layer.name)).toEqual([
      'tail',
      'tail.bn',
      'tail.relu',
      'pool',
      'fc',
      'fc.softmax',
    ]);
  });

  it('keeps expansion ratios and shortcuts at other widths', () => {
    const rows = blockRows(buildNetwork(mobileNetV2, { width: 0.5 })).map((row) => row.split(' '));
    const shapes = rows.slice(0, 5).map(([, , , cin, mid, , out, , , , join]) => [cin, mid, out, join].join(' '));
    // 16 and 24 halve to 8 and 16 (multiples of 8, ties up): b3 keeps its channels but still has no shortcut.
    expect(shapes).toEqual(['16 16 8 -', '8 48 16 -', '16 96 16 add', '16 96 16 -', '16 96 16 add']);
  });
});
