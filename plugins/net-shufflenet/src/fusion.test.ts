import { buildNetwork, fusionRows, tableRows } from '@archon-dse/testing';
import { fusionAnalysis } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';
import { shuffleNet } from './index.js';

/**
 * Columns: block, multiplications layerwise and fused, their ratio, layerwise with 20 % of the pointwise and 30 % of the
 * depthwise weights, its ratio, fused with one multiplication per predicted activation, its ratio, products of three weights per
 * output cell that survive pruning.
 *
 * @source counted from the block tables of the authors' builders
 */
const MODIFIED = `
  b1   37066752  3981312  9.31  7429939  1.87  6635520  5.59 13344
  b2   31795200  2985984 10.65  6375629  2.14  5640192  5.64 10008
  b3   21100032   248832 84.80  4221389 16.96  2890752  7.30  3336
  b4   10598400  1327104  7.99  2125210  1.60  1992192  5.32 17791
  b5   10598400  1327104  7.99  2125210  1.60  1992192  5.32 17791
  b6   10598400  1327104  7.99  2125210  1.60  1992192  5.32 17791
  b7    9235584   248832 37.12  1848154  7.43   912384 10.12 13344
  b8    4690560  1016064  4.62   940531  0.93  1185408  3.96 55121
  b9    4690560  1016064  4.62   940531  0.93  1185408  3.96 55121
  b10   4690560  1016064  4.62   940531  0.93  1185408  3.96 55121
  b11   4690560  1016064  4.62   940531  0.93  1185408  3.96 55121
  b12   4690560  1016064  4.62   940531  0.93  1185408  3.96 55121
  b13   4690560  1016064  4.62   940531  0.93  1185408  3.96 55121
  b14   4690560  1016064  4.62   940531  0.93  1185408  3.96 55121
  b15   4690560  1016064  4.62   940531  0.93  1185408  3.96 55121
  sum 168517248 19574784  8.61 33774989  1.73 31538688  5.34
`;

const MODIFIED_AS_SIMULATED = `
  b1   37066752 1327104  27.93  7429939  5.60  3981312  9.31 13344
  b2   31795200  995328  31.94  6375629  6.41  3649536  8.71 10008
  b3   21100032   82944 254.39  4221389 50.89  2724864  7.74  3336
  b4   10598400  442368  23.96  2125210  4.80  1107456  9.57 17791
  b5   10598400  442368  23.96  2125210  4.80  1107456  9.57 17791
  b6   10598400  442368  23.96  2125210  4.80  1107456  9.57 17791
  b7    9235584   82944 111.35  1848154 22.28   746496 12.37 13344
  b8    4690560  338688  13.85   940531  2.78   508032  9.23 55121
  b9    4690560  338688  13.85   940531  2.78   508032  9.23 55121
  b10   4690560  338688  13.85   940531  2.78   508032  9.23 55121
  b11   4690560  338688  13.85   940531  2.78   508032  9.23 55121
  b12   4690560  338688  13.85   940531  2.78   508032  9.23 55121
  b13   4690560  338688  13.85   940531  2.78   508032  9.23 55121
  b14   4690560  338688  13.85   940531  2.78   508032  9.23 55121
  b15   4690560  338688  13.85   940531  2.78   508032  9.23 55121
  sum 168517248 6524928  25.83 33774989  5.18 18488832  9.11
`;

describe('fusing ShuffleNet', () => {
  const modified = buildNetwork(shuffleNet, { variant: 'modified' });

  it('saves what the published table says in the modified network, where the shuffle connects all groups', () => {
    expect(fusionRows(modified)).toEqual(tableRows(MODIFIED));
    expect(fusionAnalysis(modified).blocks.every((block) => block.effectiveGroups === 1)).toBe(true);
  });

  it('saves three times as much as the ARCHON simulator counts', () => {
    expect(fusionRows(modified, { grouping: 'published' })).toEqual(tableRows(MODIFIED_AS_SIMULATED));
  });

  it('is pointless in the baseline', () => {
    const baseline = buildNetwork(shuffleNet);
    expect(fusionAnalysis(baseline, { unfused: [] }).total.layerwise).toBe(146_486_784);
    expect(fusionAnalysis(baseline).total.ratio).toBeCloseTo(0.02, 2);
    expect(fusionAnalysis(baseline, { grouping: 'published' }).total.ratio).toBeCloseTo(0.06, 2);
  });

  it('saves 7.48 times against the baseline', () => {
    const baseline = fusionAnalysis(buildNetwork(shuffleNet), { unfused: [] }).total.layerwise;
    expect(baseline / fusionAnalysis(modified).total.fused).toBeCloseTo(7.48, 2);
  });
});
