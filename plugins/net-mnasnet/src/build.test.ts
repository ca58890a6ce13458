import { buildNetwork, blockRows, describeNetworkContract, headAndTailRows, tableRows } from '@archon-dse/testing';
import { describeNetwork } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';
import plugin, { mnasNet } from './index.js';

describeNetworkContract(plugin, { describe, expect, it }, [
  { width: 0.03, variant: 'modified' },
  { width: 1.4, resolution: 33 },
  { classes: 7, variant: 'modified', dataset: 'cifar100' },
]);

/**
 * Columns: block, plane in and out, channels in, mid, computed and out, kernel, stride, groups, join, hidden channels of
 * squeeze-and-excite, weights of expand, depthwise and project, parameters with BatchNorm, MACs.
 *
 * @source the authors' Keras builders and model summaries, recomputed layer by layer
 */
const BASELINE_BLOCKS = `
  b1  32 32  16  96  24  24 3 1 1   -   -   1536   864   2304   5568  4816896
  b2  32 32  24 144  24  24 3 1 1 add   -   3456  1296   3456   9456  8404992
  b3  32 16  24  72  40  40 5 2 1   -  18   1728  1800   2880   9826  2970144
  b4  16 16  40 120  40  40 5 1 1 add  30   4800  3000   4800  21070  3232800
  b5  16 16  40 120  40  40 5 1 1 add  30   4800  3000   4800  21070  3232800
  b6  16 16  40 240  80  80 3 1 1   -   -   9600  2160  19200  33200  7925760
  b7  16 16  80 480  80  80 3 1 1 add   -  38400  4320  38400  85280 20766720
  b8  16 16  80 480  80  80 3 1 1 add   -  38400  4320  38400  85280 20766720
  b9  16 16  80 480  80  80 3 1 1 add   -  38400  4320  38400  85280 20766720
  b10 16 16  80 480 112 112 3 1 1   - 120  38400  4320  53760 216568 24814080
  b11 16 16 112 672 112 112 3 1 1 add 168  75264  6048  75264 389032 40309248
  b12 16  8 112 672 160 160 5 2 1   - 168  75264 16800 107520 432232 27449856
  b13  8  8 160 960 160 160 5 1 1 add 240 153600 24000 153600 801520 21657600
  b14  8  8 160 960 160 160 5 1 1 add 240 153600 24000 153600 801520 21657600
  b15  8  8 160 960 320 320 3 1 1   -   - 153600  8640 307200 478400 30044160
`;

const MODIFIED_BLOCKS = `
  b1  32 32 16 960 24 24 3 1 1   -    - 15360  8640 23040  54816 48168960
  b2  32 32 24 960 24 24 3 1 1 add    - 23040  8640 23040  62496 56033280
  b3  32 16 24 960 24 24 5 2 1   -  384 23040 24000 23040  96696 35653632
  b4  16 16 24 960 32 32 5 1 1   -  512 23040 24000 30720 118880 19939328
  b5  16 16 32 960 32 32 5 1 1 add  512 30720 24000 30720 126560 21905408
  b6  16 16 32 960 32 32 3 1 1 add    - 30720  8640 30720  77888 17940480
  b7  16 16 32 960 32 32 3 1 1 add    - 30720  8640 30720  77888 17940480
  b8  16 16 32 960 40 40 3 1 1   -    - 30720  8640 38400  85600 19906560
  b9  16  8 40 960 40 40 3 2 1   -    - 38400  8640 38400  93280 12840960
  b10  8  8 40 960 40 40 3 1 1 add 2560 38400  8640 38400 300680  5672960
  b11  8  8 40 960 40 40 3 1 1 add 5120 38400  8640 38400 508040  5877760
  b12  8  8 40 960 40 40 5 1 1 add 2560 38400 24000 38400 316040  6656000
  b13  8  8 40 960 40 40 5 1 1 add 5120 38400 24000 38400 523400  6860800
  b14  8  8 40 960 40 40 5 1 1 add 5120 38400 24000 38400 523400  6860800
  b15  8  8 40 960 80 80 3 1 1   -    - 38400  8640 76800 131840  7925760
`;

/** Columns: layer, operation, plane in and out, channels in and out, kernel, stride, groups, parameters, MACs. */
const BASELINE_OUTER = `
  stem       conv      32 32   3 32 3 1  1  864 884736
  stem.bn    batchNorm 32 32  32 32 - -  -  128      0
  head.dw    depthwise 32 32  32 32 3 1 32  288 294912
  head.dw.bn batchNorm 32 32  32 32 - -  -  128      0
  head.pw    conv      32 32  32 16 1 1  1  512 524288
  head.pw.bn batchNorm 32 32  16 16 - -  -   64      0
  fc         dense      1  1 320 10 - -  - 3210   3200
`;

const MODIFIED_OUTER = `
  stem       conv      32 32  3 32 3 1  1 864 884736
  stem.bn    batchNorm 32 32 32 32 - -  - 128      0
  head.dw    depthwise 32 32 32 32 3 1 32 288 294912
  head.dw.bn batchNorm 32 32 32 32 - -  - 128      0
  head.pw    conv      32 32 32 16 1 1  1 512 524288
  head.pw.bn batchNorm 32 32 16 16 - -  -  64      0
  fc         dense      1  1 80 10 - -  - 810    800
`;

const CIFAR100_OUTER = `
  stem       conv      32 32    3   32 3 1  1    864   884736
  stem.bn    batchNorm 32 32   32   32 - -  -    128        0
  head.dw    depthwise 32 32   32   32 3 1 32    288   294912
  head.dw.bn batchNorm 32 32   32   32 - -  -    128        0
  head.pw    conv      32 32   32   16 1 1  1    512   524288
  head.pw.bn batchNorm 32 32   16   16 - -  -     64        0
  tail       conv       8  8  320 1280 1 1  1 409600 26214400
  tail.bn    batchNorm  8  8 1280 1280 - -  -   5120        0
  fc         dense      1  1 1280  100 - -  - 128100   128000
`;

describe('MnasNet', () => {
  it.each([
    ['baseline', 'cifar10', 3_480_496, 3_449_568, 260_523_232],
    ['modified', 'cifar10', 3_100_298, 3_041_418, 291_887_904],
    ['baseline', 'cifar100', 4_020_106, 3_986_618, 286_862_432],
  ])('%s for %s has the published totals', (variant, dataset, parameters, trainableParameters, macs) => {
    const description = describeNetwork(buildNetwork(mnasNet, { variant, dataset }));
    expect(description).toMatchObject({ parameters, trainableParameters, macs });
  });

  it.each([
    ['baseline', 'cifar10', BASELINE_BLOCKS, BASELINE_OUTER],
    ['modified', 'cifar10', MODIFIED_BLOCKS, MODIFIED_OUTER],
    ['baseline', 'cifar100', BASELINE_BLOCKS, CIFAR100_OUTER],
  ])('%s for %s has the published blocks, head and tail', (variant, dataset, blocks, outer) => {
    const network = buildNetwork(mnasNet, { variant, dataset });
    expect(blockRows(network)).toEqual(tableRows(blocks));
    expect(headAndTailRows(network)).toEqual(tableRows(outer));
  });

  it.each([
    ['baseline', 1_510_446, 1_505_376],
    ['modified', 1_744_544, 1_722_368],
  ])('%s spends the published share on squeeze-and-excite', (variant, parameters, macs) => {
    const { layers } = describeNetwork(buildNetwork(mnasNet, { variant }));
    const squeeze = layers.filter((layer) => layer.role === 'squeeze');
    expect(squeeze.reduce((sum, layer) => sum + layer.parameters, 0)).toBe(parameters);
    expect(squeeze.reduce((sum, layer) => sum + layer.macs, 0)).toBe(macs);
  });

  it('gates inside the block in the baseline and behind it in the modified network', () => {
    const readers = (variant: string, gated: string): string[] => {
      const { layers } = buildNetwork(mnasNet, { variant });
      return layers.filter((layer) => layer.inputs.includes(gated)).map((layer) => layer.name);
    };
    expect(readers('baseline', 'b5.depthwise.relu')).toEqual(['b5.se.pool', 'b5.se']);
    expect(readers('baseline', 'b5.se')).toEqual(['b5.project']);
    expect(readers('modified', 'b5.project.bn')).toEqual(['b5.se.pool', 'b5.se']);
    expect(readers('modified', 'b5.se')).toEqual(['b5.add']);
  });

  it('keeps ratios, and shortcuts where they were, at other widths', () => {
    const rows = (variant: string): string[] => {
      const cells = blockRows(buildNetwork(mnasNet, { variant, width: 0.5 })).map((row) => row.split(' '));
      return cells.map(([block, , , cin, mid, , out, , , , join, hidden]) =>
        [block, cin, mid, out, join, hidden].join(' '),
      );
    };
    expect(rows('baseline').slice(0, 4)).toEqual([
      'b1 8 48 16 - -',
      'b2 16 96 16 add -',
      'b3 16 48 24 - 12',
      'b4 24 72 24 add 18',
    ]);
    // 24 and 32 both become 16: b4 still has no shortcut.
    expect(rows('modified').slice(2, 5)).toEqual(['b3 16 640 16 - 256', 'b4 16 640 16 - 256', 'b5 16 480 16 add 256']);
  });
});
