import { buildNetwork, fusionRows, tableRows } from '@archon-dse/testing';
import { fusionAnalysis } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';
import { fusioNet } from './index.js';

/**
 * Columns: block, multiplications layerwise and fused, their ratio, layerwise with 20 % of the pointwise and 30 % of the
 * depthwise weights, its ratio, fused with one multiplication per predicted activation, its ratio, products of three weights per
 * output cell that survive pruning.
 *
 * @source counted from the block tables of the authors' builders
 */
const BLOCKS = `
  b1   60620800  2359296 25.69 14306509 6.06  7208960 8.41  16368
  b2   60620800  2359296 25.69 14306509 6.06  7208960 8.41  16368
  b3   60620800  2359296 25.69 14306509 6.06  7208960 8.41  16368
  b4   34553856  1179648 29.29  7456358 6.32  4210688 8.21  32735
  b5   24854528  2359296 10.53  5516493 2.34  3571712 6.96  65470
  b6   24854528  2359296 10.53  5516493 2.34  3571712 6.96  65470
  b7   24854528  2359296 10.53  5516493 2.34  3571712 6.96  65470
  b8   14700544   884736 16.62  3076506 3.48  1642496 8.95  98206
  b9   12607488  1327104  9.50  2720563 2.05  1769472 7.13 214991
  b10  12607488  1327104  9.50  2720563 2.05  1769472 7.13 214991
  b11  12607488  1327104  9.50  2720563 2.05  1769472 7.13 214991
  b12  12607488  1327104  9.50  2720563 2.05  1769472 7.13 214991
  b13  12607488  1327104  9.50  2720563 2.05  1769472 7.13 214991
  b14  12607488  1327104  9.50  2720563 2.05  1769472 7.13 214991
  b15  12607488  1327104  9.50  2720563 2.05  1769472 7.13 214991
  b16  16146432  2211840  7.30  3428352 1.55  2654208 6.08 358318
  sum 410079232 27721728 14.79 92474163 3.34 53235712 7.70
`;

describe('fusing FusioNet', () => {
  it.each(['cifar10', 'cifar100'])('for %s saves what the published table says', (dataset) => {
    expect(fusionRows(buildNetwork(fusioNet, { dataset }))).toEqual(tableRows(BLOCKS));
  });

  it('keeps the four groups of a block apart', () => {
    const { blocks } = fusionAnalysis(buildNetwork(fusioNet));
    expect(blocks.map((block) => block.effectiveGroups)).toEqual(Array(16).fill(4));
  });
});
