import { canonicalJson, type Candidate, type Refine } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { toyRegistry } from '../../../../../test/toy-registry.js';
import { candidate, tinySweep } from '../test-fixtures.js';
import { choicesOf } from './expand.js';
import { refinedSweep, refinePoint } from './refine.js';

const registry = toyRegistry();
const sweep = tinySweep({
  networks: [candidate('archon/mobilenet-v2', { dataset: 'cifar10', variant: 'baseline' }, { width: [0.5, 1] })],
  stages: [candidate('archon/prune', { skipLayers: [] }, { sparsity: [0.2, 0.4] })],
  accelerators: [
    candidate('archon/dense', { glbKib: 128, gating: false }, { meshX: [4, 8] }),
    candidate('archon/grid', {}, { pe: [{ lanes: 2, bits: 8 }, { lanes: 4, bits: 16 }] }), // prettier-ignore
    candidate('archon/grid', { pe: { bits: 8 } }, { 'pe.lanes': [1, 2, 3] }),
  ],
});
const [network, stage, accelerator] = [sweep.networks, sweep.stages, sweep.accelerators].map((all) => all[0]!);

const all = (one: Candidate) => choicesOf(one);

/** All points of candidates, as texts. */
function pointsOf({ networks, stages, accelerators, seed }: typeof sweep) {
  return networks
    .flatMap(all)
    .flatMap((one) =>
      stages
        .flatMap(all)
        .flatMap((two) =>
          accelerators.flatMap(all).map((three) => ({ network: one, stages: [two], accelerator: three, seed })),
        ),
    );
}

const textsOf = (points: readonly object[]): readonly string[] => [...new Set(points.map(canonicalJson))].sort();

describe('settings of a second step', () => {
  it.each<[Refine['set']]>([
    [{ seed: 9 }],
    [{ 'accelerator.options.gating': true }],
    [{ 'accelerator.options.meshX': 16 }],
    [{ 'accelerator.options.pe': { lanes: 7 } }],
    [{ 'accelerator.options.pe.lanes': 7 }],
    [{ 'accelerator.options.pe.bits': 4, 'network.options.dataset': 'imagenet' }],
    [{ 'stages[0].options.sparsity': 0.9, 'network.options.width': 2 }],
  ])('%j make the same points one by one and of the sweep', (set) => {
    const refine: Refine = { top: 'front', set };
    const oneByOne = pointsOf(sweep).map((point) => refinePoint(point, refine, registry));
    expect(textsOf(oneByOne)).toEqual(textsOf(pointsOf(refinedSweep(sweep, refine, registry))));
  });

  it('take the place of a value, fixed or on an axis, and fill in members', () => {
    const set = { 'accelerator.options.pe': { lanes: 7 }, 'accelerator.options.meshX': 16, seed: 9 };
    const refined = refinedSweep(sweep, { top: 1, set }, registry);
    expect(refined.seed).toBe(9);
    expect(refined.accelerators).toEqual<readonly Candidate[]>([
      candidate('archon/dense', { glbKib: 128, gating: false, meshX: 16 }),
      candidate('archon/grid', { pe: { lanes: 7, bits: 16 } }),
      candidate('archon/grid', { pe: { lanes: 7, bits: 16 } }),
    ]);
    expect([refined.networks, refined.stages]).toEqual([sweep.networks, sweep.stages]);
  });

  it('change a member of each value of an axis', () => {
    const refined = refinedSweep(sweep, { top: 1, set: { 'accelerator.options.pe.bits': 4 } }, registry);
    expect(refined.accelerators.slice(1)).toEqual([
      candidate('archon/grid', {}, { pe: [{ lanes: 2, bits: 4 }, { lanes: 4, bits: 4 }] }), // prettier-ignore
      candidate('archon/grid', { pe: { bits: 4 } }, { 'pe.lanes': [1, 2, 3] }),
    ]);
  });

  it('leave alone what has no such option', () => {
    const [point] = pointsOf({ ...sweep, networks: [network!], stages: [stage!], accelerators: [accelerator!] });
    expect(refinePoint(point!, { top: 1, set: { 'accelerator.options.pe.lanes': 7 } }, registry)).toEqual(point);
  });
});
