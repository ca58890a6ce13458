import { priceComponents } from '@archon-dse/pricing';
import { describeAcceleratorContract, runAccelerator, SAMPLE_WORKLOADS } from '@archon-dse/testing';
import { describe, expect, it } from 'vitest';
import plugin from './index.ts';
import { lanes } from './lanes.ts';

const conditions = { price: priceComponents, cases: [{ lanes: 1 }, { lanes: 64 }] };
describeAcceleratorContract(plugin, { describe, expect, it }, conditions);

it('takes a cycle for as many multiplications as it has lanes, and skips zeros', async () => {
  const [stem] = SAMPLE_WORKLOADS; // 8x8x8 outputs of 3x3x3 multiplications
  const workloads = stem === undefined ? [] : [{ ...stem, density: { weights: 0.5 } }];
  const { cycles, layers } = await runAccelerator(lanes, { workloads, options: { lanes: 16 }, price: priceComponents });
  expect(cycles).toBe((8 * 8 * 8 * 27) / 2 / 16);
  expect(layers[0]?.actions).toEqual([
    { component: 'mac', action: 'compute', count: 6912 },
    { component: 'DRAM', action: 'access', count: (2 * 6912 + 8 * 8 * 8) / 4 },
  ]);
});
