import { buildNetwork, fusionRows, tableRows } from '@archon-dse/testing';
import { fusionAnalysis } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';
import { mnasNet } from './index.js';

/**
 * Columns: block, multiplications layerwise and fused, their ratio, layerwise with 20 % of the pointwise and 30 % of the
 * depthwise weights, its ratio, fused with one multiplication per predicted activation, its ratio, products of three weights per
 * output cell that survive pruning.
 *
 * @source counted from the block tables of the authors' builders
 */
const MODIFIED = `
  b1   48168960  3538944 13.61 10518528 2.97  5505024  8.75  39813
  b2   56033280  5308416 10.56 12091392 2.28  7274496  7.70  59720
  b3   35635200  3686400  9.67  7741440 2.10  4915200  7.25 165888
  b4   19906560  4915200  4.05  4595712 0.94  5406720  3.68 221184
  b5   21872640  6553600  3.34  4988928 0.76  7045120  3.10 294912
  b6   17940480  2359296  7.60  3809280 1.61  2850816  6.29 106168
  b7   17940480  2359296  7.60  3809280 1.61  2850816  6.29 106168
  b8   19906560  2949120  6.75  4202496 1.43  3440640  5.79 132710
  b9   12840960   921600 13.93  2623488 2.85  1228800 10.45 165888
  b10   5468160   921600  5.93  1148928 1.25  1044480  5.24 165888
  b11   5468160   921600  5.93  1148928 1.25  1044480  5.24 165888
  b12   6451200  2560000  2.52  1443840 0.56  2682880  2.40 460800
  b13   6451200  2560000  2.52  1443840 0.56  2682880  2.40 460800
  b14   6451200  2560000  2.52  1443840 0.56  2682880  2.40 460800
  b15   7925760  1843200  4.30  1640448 0.89  1966080  4.03 331776
  sum 288460800 43958272  6.56 62650368 1.43 52621312  5.48
`;

describe('fusing MnasNet', () => {
  it('saves what the published table says in the modified network', () => {
    const network = buildNetwork(mnasNet, { variant: 'modified' });
    expect(fusionRows(network)).toEqual(tableRows(MODIFIED));
    expect(fusionAnalysis(network).blocks.every((block) => block.fusible)).toBe(true);
  });

  it('would cost more in the baseline, whose squeeze-and-excite forbids it in most blocks', () => {
    const { total, blocks } = fusionAnalysis(buildNetwork(mnasNet));
    expect(total.layerwise).toBe(257_310_720);
    expect(total.ratio).toBeCloseTo(0.93, 2);
    const gated = blocks.filter((block) => !block.fusible).map(({ block }) => block);
    expect(gated).toEqual(['b3', 'b4', 'b5', 'b10', 'b11', 'b12', 'b13', 'b14']);
  });

  it('saves 5.85 times against the baseline', () => {
    const { fused } = fusionAnalysis(buildNetwork(mnasNet, { variant: 'modified' })).total;
    expect(fusionAnalysis(buildNetwork(mnasNet)).total.layerwise / fused).toBeCloseTo(5.85, 2);
  });
});
