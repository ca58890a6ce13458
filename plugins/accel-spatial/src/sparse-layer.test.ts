import { ARCHITECTURES } from '@archon-dse/architecture';
import { packMask, withValueAt, type JsonValue, type LayerRun, type Options, type Workload } from '@archon-dse/core';
import { priceComponents } from '@archon-dse/pricing';
import { SAMPLE_WORKLOADS } from '@archon-dse/testing';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../test/diagnostics.js';
import { spatial } from './spatial.js';

const named = (name: string): JsonValue => ARCHITECTURES[name] ?? null;
const sample = (name: string): Workload => SAMPLE_WORKLOADS.find((one) => one.name === name)!;

function run(workload: Workload, options: Options): LayerRun {
  const array = spatial.create(options);
  array.check();
  const prices = priceComponents(array.components());
  return array.run({ workloads: [workload], prices, cache: new Map(), seed: 0 }).layers[0]!;
}

const count = ({ actions }: LayerRun, component: string, action: string): number =>
  actions.reduce((sum, own) => (own.component === component && own.action === action ? sum + own.count : sum), 0);

/** Weights in scratchpads, and multipliers, are gated by zero inputs. */
const GATED = withValueAt({ architecture: named('eyeriss') }, 'architecture.sparse', {
  gating: [{ level: 'weights_spad', tensor: 'Weights', on: ['Inputs'] }],
  compute: { gating: ['Inputs'] },
});

describe('an architecture that does something with zeros', () => {
  it('does as many products as have no zero, in less time where it skips', () => {
    const dense = run(sample('project'), { architecture: named('scnn') });
    const sparse = run(sample('project'), { architecture: named('scnn'), weightDensity: 0.25, inputDensity: 0.5 });
    expect(sparse.macs).toBeCloseTo(dense.macs / 8, 6);
    expect(sparse.cycles).toBeLessThan(dense.cycles);
    expect(sparse.utilization).toBeLessThanOrEqual(1);
    expect(sparse.notes?.at(-1)).toMatch(/^zeros: 12\.?5? % of the products are done, /);
  });

  it('takes the time of the dense layer where it gates, and idles', () => {
    const dense = run(sample('project'), { architecture: named('eyeriss') });
    const gated = run(sample('project'), { ...GATED, inputDensity: 0.25 });
    expect(gated.cycles).toBe(dense.cycles);
    expect(count(gated, 'mac', 'gated')).toBeCloseTo(0.75 * count(dense, 'mac', 'compute'), 6);
    expect(count(gated, 'mac', 'compute')).toBeCloseTo(0.25 * count(dense, 'mac', 'compute'), 6);
    // Fills of the scratchpad are not gated, reads are.
    const accesses = count(gated, 'weights_spad', 'access') + count(gated, 'weights_spad', 'idle');
    expect(accesses).toBeCloseTo(count(dense, 'weights_spad', 'access'), 6);
    expect(count(gated, 'weights_spad', 'idle')).toBeCloseTo(0.75 * dense.macs, 6);
  });

  it('counts by the mask of a stage, whatever the options declare', () => {
    const { problem } = sample('project');
    const shape = [problem.M, problem.C, 1, 1] as const;
    const half = Uint8Array.from({ length: problem.M * problem.C }, (_, at) => at % 2);
    const masked = { ...sample('project'), weightMask: packMask(shape, half) };
    const layer = run(masked, { architecture: named('cambricon-x'), weightDensity: 0.1 });
    expect(layer.macs).toBe(sample('project').macs / 2);
  });

  it('takes half the time for 2:4 weights on the sparse tensor core, and no more for others', () => {
    const wide = { ...sample('expand'), problem: { ...sample('expand').problem, C: 128, M: 64 }, macs: 128 * 64 * 64 };
    const cycles = (options: Options): number => {
      const free = withValueAt(
        { architecture: named('sparse-tensor-core') },
        'architecture.levels.DRAM.readBandwidth',
        1e6,
      );
      return run(wide, { ...withValueAt(free, 'architecture.levels.DRAM.writeBandwidth', 1e6), ...options }).cycles;
    };
    expect(cycles({ weightPattern: '2:4' })).toBe(cycles({}) / 2);
    expect(cycles({ weightDensity: 0.9 })).toBeLessThanOrEqual(cycles({}));
  });
});

describe('options about zeros', () => {
  it('are refused where the architecture does nothing with them', () => {
    expect(diagnosticsOf(() => run(sample('stem'), { inputDensity: 0.5 }))).toMatchObject([
      {
        code: 'ARCHON_BAD_OPTION',
        path: 'options.inputDensity',
        message: expect.stringContaining('does nothing with zeros') as string,
      },
    ]);
  });

  it('do not contradict each other', () => {
    const options = { architecture: named('scnn'), weightDensity: 0.3, weightPattern: '2:4' };
    expect(diagnosticsOf(() => spatial.create(options))).toMatchObject([{ path: 'options.weightDensity' }]);
  });

  it('are located in the file', () => {
    const architecture = withValueAt(GATED, 'architecture.sparse.gating', [
      { level: 'shared_glb', tensor: 'Weights', on: ['Inputs'] },
    ]);
    expect(diagnosticsOf(() => spatial.create(architecture))).toMatchObject([
      { path: 'options.architecture.sparse.gating[0].tensor', message: 'shared_glb does not keep Weights' },
    ]);
  });
});
