import dense from '@archon-dse/accel-dense';
import type { Options } from '@archon-dse/core';
import mobileNetV2 from '@archon-dse/net-mobilenetv2';
import { priceComponents } from '@archon-dse/pricing';
import { buildNetwork, runAccelerator } from '@archon-dse/testing';
import { lowerToWorkloads } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';

const [network] = mobileNetV2.networks!;
const [accelerator] = dense.accelerators!;

const workloads = lowerToWorkloads(buildNetwork(network!));

const run = (options: Options) => runAccelerator(accelerator!, { workloads, options, price: priceComponents });

/**
 * Published: 4 132 672 cycles, with block b12 on an 8 x 8 plane (49 152 + 4 608 + 49 152 cycles). The network has 16 x 16 there, the
 * shape of b11 (196 608 + 18 432 + 196 608).
 */
const CYCLES = 4_132_672 - 102_912 + 411_648;

describe('MobileNetV2 for CIFAR-10 on the dense baseline', () => {
  it('takes the published cycles, block b12 at the plane of the network', async () => {
    expect((await run({ depthwiseInputs: 'ics21' })).cycles).toBe(CYCLES);
  });

  it('takes the same cycles with inputs per channel, and more where the buffer has to keep up with them', async () => {
    expect((await run({})).cycles).toBe(CYCLES);
    const throttled = await run({ depthwiseInputs: 'per-channel-throttled' });
    expect(throttled.cycles).toBe(CYCLES + (9_606 - 6_144) + (7_506 - 4_608));
  });
});
