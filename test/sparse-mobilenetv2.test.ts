import dense from '@archon-dse/accel-dense';
import sparse from '@archon-dse/accel-sparse';
import type { AcceleratorRun, Options } from '@archon-dse/core';
import mobileNetV2 from '@archon-dse/net-mobilenetv2';
import { priceComponents } from '@archon-dse/pricing';
import { buildNetwork, runAccelerator } from '@archon-dse/testing';
import { lowerToWorkloads } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';

const [network] = mobileNetV2.networks!;
const workloads = lowerToWorkloads(buildNetwork(network!));
const price = priceComponents;

const onDense = await runAccelerator(dense.accelerators![0]!, { workloads, price });
const onSparse = (options: Options, seed?: number): Promise<AcceleratorRun> =>
  runAccelerator(sparse.accelerators![0]!, { workloads, options, price, ...(seed === undefined ? {} : { seed }) });

/** Densities of the published pruned network. */
const PUBLISHED = { pointwiseDensity: 0.2, depthwiseDensity: 0.3 };

describe('MobileNetV2 for CIFAR-10 on the sparse array', () => {
  it('runs as on the dense array where no weight is zero', async () => {
    expect(await onSparse({})).toEqual(onDense);
  });

  it('leaves head, first block and tail dense', async () => {
    const unpruned = ({ block }: { block: string }): boolean => ['head', 'b0', 'tail'].includes(block);
    expect((await onSparse(PUBLISHED)).layers.filter(unpruned)).toEqual(onDense.layers.filter(unpruned));
  });

  it('takes with random masks what is expected, within 1 %', async () => {
    const { cycles: expected } = await onSparse({ ...PUBLISHED, masks: 'expected' });
    for (const seed of [1, 2, 3]) {
      expect(Math.abs((await onSparse(PUBLISHED, seed)).cycles / expected - 1)).toBeLessThan(0.01);
    }
  });
});
