import { buildNetwork, blockRows, describeNetworkContract, headAndTailRows, tableRows } from '@archon-dse/testing';
import { describeNetwork } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';
import plugin, { fusioNet } from './index.js';

describeNetworkContract(plugin, { describe, expect, it }, [
  { width: 0.01, dataset: 'cifar100' },
  { width: 1.4, resolution: 33 },
  { classes: 7 },
]);

/**
 * Columns: block, plane in and out, channels in, mid, computed and out, kernel, stride, groups, join, hidden channels of
 * squeeze-and-excite, weights of expand, depthwise and project, parameters with BatchNorm, MACs.
 *
 * @source the authors' Keras builders and model summaries, recomputed layer by layer
 */
const BLOCKS = `
  b1  32 32 32 2368  32  32 3 1 4   - - 18944 21312  18944  78272 60620800
  b2  32 32 32 2368  32  32 3 1 4 add - 18944 21312  18944  78272 60620800
  b3  32 32 32 2368  32  32 3 1 4 add - 18944 21312  18944  78272 60620800
  b4  32 16 32 2368  64  64 3 2 4   - - 18944 21312  37888  97344 34553856
  b5  16 16 64 2368  64  64 3 1 4 add - 37888 21312  37888 116288 24854528
  b6  16 16 64 2368  64  64 3 1 4 add - 37888 21312  37888 116288 24854528
  b7  16 16 64 2368  64  64 3 1 4 add - 37888 21312  37888 116288 24854528
  b8  16  8 64 2368  96  96 3 2 4   - - 37888 21312  56832 135360 14700544
  b9   8  8 96 3456  96  96 3 1 4 add - 82944 31104  82944 225024 12607488
  b10  8  8 96 3456  96  96 3 1 4 add - 82944 31104  82944 225024 12607488
  b11  8  8 96 3456  96  96 3 1 4 add - 82944 31104  82944 225024 12607488
  b12  8  8 96 3456  96  96 3 1 4 add - 82944 31104  82944 225024 12607488
  b13  8  8 96 3456  96  96 3 1 4 add - 82944 31104  82944 225024 12607488
  b14  8  8 96 3456  96  96 3 1 4 add - 82944 31104  82944 225024 12607488
  b15  8  8 96 3456  96  96 3 1 4 add - 82944 31104  82944 225024 12607488
  b16  8  8 96 3456 160 160 3 1 4   - - 82944 31104 138240 280576 16146432
`;

/** Columns: layer, operation, plane in and out, channels in and out, kernel, stride, groups, parameters, MACs. */
const CIFAR10_OUTER = `
  stem       conv      32 32   3  32 3 1  1   864  884736
  stem.bn    batchNorm 32 32  32  32 - -  -   128       0
  head.pw    conv      32 32  32  32 1 1  4   256  262144
  head.pw.bn batchNorm 32 32  32  32 - -  -   128       0
  head.dw    depthwise 32 32  32  32 3 1 32   288  294912
  head.dw.bn batchNorm 32 32  32  32 - -  -   128       0
  tail       conv       8  8 160 960 1 1  4 38400 2457600
  tail.bn    batchNorm  8  8 960 960 - -  -  3840       0
  fc         dense      1  1 960  10 - -  -  9610    9600
`;

const CIFAR100_OUTER = `
  stem       conv      32 32    3   32 3 1  1    864   884736
  stem.bn    batchNorm 32 32   32   32 - -  -    128        0
  head.pw    conv      32 32   32   32 1 1  4    256   262144
  head.pw.bn batchNorm 32 32   32   32 - -  -    128        0
  head.dw    depthwise 32 32   32   32 3 1 32    288   294912
  head.dw.bn batchNorm 32 32   32   32 - -  -    128        0
  tail       conv       8  8  160 1280 1 1  1 204800 13107200
  tail.bn    batchNorm  8  8 1280 1280 - -  -   5120        0
  fc         dense      1  1 1280  100 - -  - 128100   128000
`;

describe('FusioNet', () => {
  it.each([
    ['cifar10', 2_725_770, 2_534_730, 413_988_224],
    ['cifar100', 3_011_940, 2_820_260, 424_756_224],
  ])('for %s has the published totals', (dataset, parameters, trainableParameters, macs) => {
    const description = describeNetwork(buildNetwork(fusioNet, { dataset }));
    expect(description).toMatchObject({ parameters, trainableParameters, macs });
  });

  it.each([
    ['cifar10', CIFAR10_OUTER],
    ['cifar100', CIFAR100_OUTER],
  ])('for %s has the published blocks, head and tail', (dataset, outer) => {
    const network = buildNetwork(fusioNet, { dataset });
    expect(blockRows(network)).toEqual(tableRows(BLOCKS));
    expect(headAndTailRows(network)).toEqual(tableRows(outer));
  });

  it('shuffles at the end of a block, before its input is added', () => {
    const layers = buildNetwork(fusioNet).layers.filter((layer) => layer.block === 'b2');
    expect(layers.map(({ name, inputs }) => `${name} < ${inputs.join(' + ')}`.replaceAll('b2.', ''))).toEqual([
      'expand < b1.project.shuffle',
      'expand.bn < expand',
      'expand.relu < expand.bn',
      'depthwise < expand.relu',
      'depthwise.bn < depthwise',
      'depthwise.relu < depthwise.bn',
      'project < depthwise.relu',
      'project.bn < project',
      'project.shuffle < project.bn',
      'add < project.shuffle + b1.project.shuffle',
    ]);
  });

  it('has no concat', () => {
    expect(buildNetwork(fusioNet).layers.filter((layer) => layer.op === 'concat')).toEqual([]);
  });

  it('keeps ratios at other widths', () => {
    const rows = blockRows(buildNetwork(fusioNet, { width: 0.5 })).map((row) => row.split(' '));
    expect(rows[3]?.slice(3, 7)).toEqual(['16', '1184', '32', '32']);
    expect(rows[8]?.slice(3, 7)).toEqual(['48', '1728', '48', '48']);
  });
});
