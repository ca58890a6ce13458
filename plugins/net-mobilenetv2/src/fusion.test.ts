import { buildNetwork, fusionRows, tableRows } from '@archon-dse/testing';
import { fusionAnalysis } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';
import { mobileNetV2 } from './index.js';

/**
 * Columns: block, multiplications layerwise and fused, their ratio, layerwise with 20 % of the pointwise and 30 % of the
 * depthwise weights, its ratio, fused with one multiplication per predicted activation, its ratio, products of three weights per
 * output cell that survive pruning.
 *
 * @source counted from the block tables of the authors' builders
 */
const MODIFIED = `
  b1   43352064  3538944 12.25  9466675 2.67  5308416  8.17  35832
  b2   50429952  5308416  9.50 10882253 2.05  7077888  7.13  53748
  b3   50429952  5308416  9.50 10882253 2.05  7077888  7.13  53748
  b4   30302208  1769472 17.13  6259507 3.54  2875392 10.54  71664
  b5   16146432  2359296  6.84  3428352 1.45  2801664  5.76  95551
  b6   16146432  2359296  6.84  3428352 1.45  2801664  5.76  95551
  b7   16146432  2359296  6.84  3428352 1.45  2801664  5.76  95551
  b8    9787392   737280 13.28  2007245 2.72  1013760  9.65 119439
  b9    4921344   921600  5.34  1034035 1.12  1032192  4.77 149299
  b10   4921344   921600  5.34  1034035 1.12  1032192  4.77 149299
  b11   4921344   921600  5.34  1034035 1.12  1032192  4.77 149299
  b12   4921344   921600  5.34  1034035 1.12  1032192  4.77 149299
  b13   4921344   921600  5.34  1034035 1.12  1032192  4.77 149299
  b14   7133184  1843200  3.87  1476403 0.80  1953792  3.65 298598
  sum 264480768 30191616  8.76 56429568 1.87 38873088  6.80
`;

/** Of block b0, the same in both variants and not fused. */
const B0_MULTIPLICATIONS = 1_867_776;

describe('fusing MobileNetV2', () => {
  it('saves what the published table says in the modified network', () => {
    expect(fusionRows(buildNetwork(mobileNetV2, { variant: 'modified' }))).toEqual(tableRows(MODIFIED));
  });

  it('saves little in the baseline', () => {
    const { total, blocks } = fusionAnalysis(buildNetwork(mobileNetV2));
    expect(total.layerwise).toBe(268_541_952);
    expect(total.ratio).toBeCloseTo(1.4, 1);
    expect(blocks.every((block) => block.fusible)).toBe(true);
  });

  it('saves 8.89 times against the baseline, and 8.31 times when b0 stays layer by layer', () => {
    const modified = buildNetwork(mobileNetV2, { variant: 'modified' });
    const { total } = fusionAnalysis(modified);
    const baseline = fusionAnalysis(buildNetwork(mobileNetV2), { unfused: [] }).total.layerwise - B0_MULTIPLICATIONS;
    expect(baseline / total.fused).toBeCloseTo(8.89, 2);
    expect((total.layerwise + B0_MULTIPLICATIONS) / (total.fused + B0_MULTIPLICATIONS)).toBeCloseTo(8.31, 2);
  });
});
