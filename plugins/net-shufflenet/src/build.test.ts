import { buildNetwork, blockRows, describeNetworkContract, headAndTailRows, tableRows } from '@archon-dse/testing';
import { describeNetwork } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';
import plugin, { shuffleNet } from './index.js';

describeNetworkContract(plugin, { describe, expect, it }, [
  { width: 0.01 },
  { width: 0.01, variant: 'modified' },
  { width: 1.4, variant: 'modified', resolution: 33 },
  { classes: 7 },
]);

/**
 * Columns: block, plane in and out, channels in, mid, computed and out, kernel, stride, groups, join, hidden channels of
 * squeeze-and-excite, weights of expand, depthwise and project, parameters with BatchNorm, MACs.
 *
 * @source the authors' Keras builders and model summaries, recomputed layer by layer
 */
const BASELINE_BLOCKS = `
  b0  32 32  24  24 216 240 3 1 3 concat -   192  216  1728   3192  2187264
  b1  32 32 240  60 240 240 3 1 3 add    -  4800  540  4800  11580 10383360
  b2  32 32 240  60 240 240 3 1 3 add    -  4800  540  4800  11580 10383360
  b3  32 32 240  60 240 240 3 1 3 add    -  4800  540  4800  11580 10383360
  b4  32 16 240  60 240 480 3 2 3 concat -  4800  540  4800  11580  6282240
  b5  16 16 480 120 480 480 3 1 3 add    - 19200 1080 19200  42360 10106880
  b6  16 16 480 120 480 480 3 1 3 add    - 19200 1080 19200  42360 10106880
  b7  16 16 480 120 480 480 3 1 3 add    - 19200 1080 19200  42360 10106880
  b8  16 16 480 120 480 480 3 1 3 add    - 19200 1080 19200  42360 10106880
  b9  16 16 480 120 480 480 3 1 3 add    - 19200 1080 19200  42360 10106880
  b10 16 16 480 120 480 480 3 1 3 add    - 19200 1080 19200  42360 10106880
  b11 16 16 480 120 480 480 3 1 3 add    - 19200 1080 19200  42360 10106880
  b12 16  8 480 120 480 960 3 2 3 concat - 19200 1080 19200  42360  6213120
  b13  8  8 960 240 960 960 3 1 3 add    - 76800 2160 76800 161520  9968640
  b14  8  8 960 240 960 960 3 1 3 add    - 76800 2160 76800 161520  9968640
  b15  8  8 960 240 960 960 3 1 3 add    - 76800 2160 76800 161520  9968640
`;

const MODIFIED_BLOCKS = `
  b1  32 32 24 2574 18 18 3 1 3      - - 20592 162 15444 46638 37066752
  b2  32 32 18 2574 18 18 3 1 3 add    - 15444 162 15444 41490 31795200
  b3  32 16 18 2574  6 24 3 2 3 concat - 15444  54  5148 30990 21100032
  b4  16 16 24 2574 24 24 3 1 3 add    - 20592 216 20592 51888 10598400
  b5  16 16 24 2574 24 24 3 1 3 add    - 20592 216 20592 51888 10598400
  b6  16 16 24 2574 24 24 3 1 3 add    - 20592 216 20592 51888 10598400
  b7  16  8 24 2574 18 42 3 2 3 concat - 20592 162 15444 46638  9235584
  b8   8  8 42 2604 42 42 3 1 3 add    - 36456 378 36456 84042  4690560
  b9   8  8 42 2604 42 42 3 1 3 add    - 36456 378 36456 84042  4690560
  b10  8  8 42 2604 42 42 3 1 3 add    - 36456 378 36456 84042  4690560
  b11  8  8 42 2604 42 42 3 1 3 add    - 36456 378 36456 84042  4690560
  b12  8  8 42 2604 42 42 3 1 3 add    - 36456 378 36456 84042  4690560
  b13  8  8 42 2604 42 42 3 1 3 add    - 36456 378 36456 84042  4690560
  b14  8  8 42 2604 42 42 3 1 3 add    - 36456 378 36456 84042  4690560
  b15  8  8 42 2604 42 84 3 1 3 concat - 36456 378 36456 84042  4690560
`;

/** Columns: layer, operation, plane in and out, channels in and out, kernel, stride, groups, parameters, MACs. */
const BASELINE_OUTER = `
  stem    conv      32 32   3 24 3 1 1  648 663552
  stem.bn batchNorm 32 32  24 24 - - -   96      0
  fc      dense      1  1 960 10 - - - 9610   9600
`;

const MODIFIED_OUTER = `
  stem       conv      32 32   3  24 3 1  1   648  663552
  stem.bn    batchNorm 32 32  24  24 - -  -    96       0
  head.pw    conv      32 32  24  24 1 1  3   192  196608
  head.pw.bn batchNorm 32 32  24  24 - -  -    96       0
  head.dw    depthwise 32 32  24  24 3 1 24   216  221184
  head.dw.bn batchNorm 32 32  24  24 - -  -    96       0
  tail       conv       8  8  84 960 1 1  3 26880 1720320
  tail.bn    batchNorm  8  8 960 960 - -  -  3840       0
  fc         dense      1  1 960  10 - -  -  9610    9600
`;

describe('ShuffleNet', () => {
  it.each([
    ['baseline', 883_306, 859_690, 147_159_936],
    ['modified', 1_035_430, 953_794, 171_328_512],
  ])('%s has the published totals', (variant, parameters, trainableParameters, macs) => {
    const description = describeNetwork(buildNetwork(shuffleNet, { variant }));
    expect(description).toMatchObject({ parameters, trainableParameters, macs });
  });

  it.each([
    ['baseline', BASELINE_BLOCKS, BASELINE_OUTER],
    ['modified', MODIFIED_BLOCKS, MODIFIED_OUTER],
  ])('%s has the published units, head and tail', (variant, blocks, outer) => {
    const network = buildNetwork(shuffleNet, { variant });
    expect(blockRows(network)).toEqual(tableRows(blocks));
    expect(headAndTailRows(network)).toEqual(tableRows(outer));
  });

  /** Layers of a block and what each reads, without the block's name. */
  function wiring(variant: string, block: string): string[] {
    const layers = buildNetwork(shuffleNet, { variant }).layers.filter((layer) => layer.block === block);
    return layers.map(({ name, inputs }) => `${name} < ${inputs.join(' + ')}`.replaceAll(`${block}.`, ''));
  }

  it('shuffles before the depthwise and ends a baseline unit in ReLU', () => {
    expect(wiring('baseline', 'b4')).toEqual([
      'expand < b3.add.relu',
      'expand.bn < expand',
      'expand.relu < expand.bn',
      'expand.shuffle < expand.relu',
      'depthwise < expand.shuffle',
      'depthwise.bn < depthwise',
      'project < depthwise.bn',
      'project.bn < project',
      'pool < b3.add.relu',
      'concat < project.bn + pool',
      'concat.relu < concat',
    ]);
    expect(wiring('baseline', 'b5').slice(-2)).toEqual(['add < project.bn + b4.concat.relu', 'add.relu < add']);
  });

  it('puts both pointwise convolutions of a modified unit first and has no ReLU after the join', () => {
    expect(wiring('modified', 'b2')).toEqual([
      'expand < b1.depthwise.bn',
      'expand.bn < expand',
      'expand.relu < expand.bn',
      'expand.shuffle < expand.relu',
      'project < expand.shuffle',
      'project.bn < project',
      'project.relu < project.bn',
      'depthwise < project.relu',
      'depthwise.bn < depthwise',
      'add < depthwise.bn + b1.depthwise.bn',
    ]);
    expect(wiring('modified', 'b15').slice(-2)).toEqual(['pool < b14.add', 'concat < depthwise.bn + pool']);
  });

  it('keeps joins and ratios at other widths', () => {
    const rows = blockRows(buildNetwork(shuffleNet, { width: 0.5 })).map((row) => row.split(' '));
    const shapes = rows
      .slice(0, 5)
      .map(([, , , cin, mid, computed, out, , , , join]) => [cin, mid, computed, out, join].join(' '));
    expect(shapes).toEqual([
      '12 12 108 120 concat',
      ...Array<string>(3).fill('120 30 120 120 add'),
      '120 30 120 240 concat',
    ]);
  });
});
