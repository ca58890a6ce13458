import dense from '@archon-dse/accel-dense';
import sparse from '@archon-dse/accel-sparse';
import type { AcceleratorModel, AcceleratorRun, Options } from '@archon-dse/core';
import mobileNetV2 from '@archon-dse/net-mobilenetv2';
import { priceComponents } from '@archon-dse/pricing';
import { withDefaults } from '@archon-dse/testing';
import { lowerToWorkloads } from '@archon-dse/workload';
import { describe, expect, it } from 'vitest';

const [network] = mobileNetV2.networks!;
const workloads = lowerToWorkloads(network!.build(withDefaults(network!.meta)));

function run(accelerator: AcceleratorModel | undefined, changes: Options = {}, seed = 0): AcceleratorRun {
  const options = withDefaults(accelerator!.meta, changes);
  const prices = priceComponents(accelerator!.components(options));
  return accelerator!.run({ workloads, options, prices, cache: new Map(), seed });
}

const onDense = run(dense.accelerators![0]);
const onSparse = (changes: Options, seed?: number): AcceleratorRun => run(sparse.accelerators![0], changes, seed);

/** Densities of the published pruned network. */
const PUBLISHED = { pointwiseDensity: 0.2, depthwiseDensity: 0.3 };

describe('MobileNetV2 for CIFAR-10 on the sparse array', () => {
  it('runs as on the dense array where no weight is zero', () => {
    expect(onSparse({})).toEqual(onDense);
  });

  it('leaves head, first block and tail dense', () => {
    const unpruned = ({ block }: { block: string }): boolean => ['head', 'b0', 'tail'].includes(block);
    expect(onSparse(PUBLISHED).layers.filter(unpruned)).toEqual(onDense.layers.filter(unpruned));
  });

  it('takes with random masks what is expected, within 1 %', () => {
    const expected = onSparse({ ...PUBLISHED, masks: 'expected' }).cycles;
    for (const seed of [1, 2, 3]) expect(Math.abs(onSparse(PUBLISHED, seed).cycles / expected - 1)).toBeLessThan(0.01);
  });
});
