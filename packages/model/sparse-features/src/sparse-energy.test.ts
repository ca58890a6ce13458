import { evaluate, parseMapping, type Architecture, type Problem } from '@archon-dse/loop-nest';
import { describe, expect, it } from 'vitest';
import { evaluateSparse } from './evaluate-sparse.js';
import { sparseEnergy } from './sparse-energy.js';

const level = { blockSize: 2, accessEnergyPj: 4, meshX: 2, meshY: 1 };
const architecture: Architecture = {
  levels: ['DRAM', 'PE'].map((name) => ({ ...level, name, keeps: ['Weights', 'Inputs', 'Outputs'] as const })),
  macs: 2,
  macEnergyPj: 1,
};
const problem: Problem = { C: 2, M: 4, R: 1, S: 1, P: 2, Q: 1, N: 1, strideP: 1, strideQ: 1 };
const mapping = parseMapping('L1[WIO] P2 M2X - L0[WIO] C2 M2', architecture);
const evaluation = evaluate(problem, architecture, mapping);
const dense = { problem, architecture, mapping, evaluation };

describe('sparseEnergy', () => {
  it('without features is that of the dense evaluation, to the bit', () => {
    const sparse = evaluateSparse(dense, {}, { Weights: { kind: 'uniform', density: 0.25 } }, 8);
    expect(sparseEnergy(dense, sparse, {}, 8).energyPj).toBe(evaluation.energyPj);
    expect(sparse.cycles).toBe(evaluation.cycles);
  });

  it('leaks over the cycles that are left, after the same start-up', () => {
    const levels = architecture.levels.map((own) => ({ ...own, readBandwidth: 2 }));
    const leaking = { ...architecture, levels, leakagePjPerCycle: 0.5 };
    const slow = {
      problem,
      architecture: leaking,
      mapping,
      evaluation: evaluate(problem, leaking, mapping, { startUp: true }),
    };
    const features = {
      formats: [{ level: 'PE', tensor: 'Weights', ranks: [{ format: 'bitmask', dims: ['M', 'C'] }] }],
      compute: { skipping: { level: 'PE', on: ['Weights'] } },
    } as const;
    const none = evaluateSparse(slow, features, { Weights: { kind: 'uniform', density: 0 } }, 8);
    expect(slow.evaluation.startUpCycles).toBeGreaterThan(0);
    expect(none.computeCycles).toBe(0);
    const slowest = Math.max(...none.levels.map(({ cycles }) => cycles));
    expect(none.cycles).toBe(slowest + slow.evaluation.startUpCycles);
    expect(sparseEnergy(slow, none, {}, 8).leakagePj).toBe(0.5 * none.cycles);
  });

  it('shares the bandwidth of a room, metadata included', () => {
    const rooms: Architecture = {
      ...architecture,
      levels: [
        { ...level, name: 'DRAM', keeps: ['Weights', 'Inputs', 'Outputs'] },
        { ...level, name: 'W', keeps: ['Weights'], room: 'buffer', readBandwidth: 0.5, meshX: 1 },
        { ...level, name: 'I', keeps: ['Inputs'], room: 'buffer', readBandwidth: 0.5 },
      ],
    };
    const own = parseMapping('L2[WIO] P2 M2X - L1[W] - L0[I] C2 M2', rooms);
    const run = { problem, architecture: rooms, mapping: own, evaluation: evaluate(problem, rooms, own) };
    const sparse = evaluateSparse(run, {}, {}, 8);
    expect(sparse.levels[1]!.cycles).toBe(run.evaluation.levels[1]!.cycles);
    expect(sparse.cycles).toBe(run.evaluation.cycles);
  });

  it('has no figures for remainders', () => {
    const wide = parseMapping('L1[WIO] P2 M2X - L0[WIO] C3 M2', architecture);
    expect(() => evaluateSparse({ ...dense, mapping: wide }, {}, {}, 8)).toThrow('C multiply to 3, the problem has 2');
  });

  it('prices gated actions where a price is known, else in full', () => {
    const features = {
      gating: [{ level: 'PE', tensor: 'Weights', on: ['Inputs'] }],
      compute: { gating: ['Inputs'] },
    } as const;
    const sparse = evaluateSparse(dense, features, { Inputs: { kind: 'uniform', density: 0.5 } }, 8);
    expect(sparse.macs).toEqual({ full: 8, gated: 8, skipped: 0 });
    expect(sparseEnergy(dense, sparse, {}, 8).energyPj).toBeCloseTo(evaluation.energyPj, 9);
    const priced = sparseEnergy(dense, sparse, { gatedMacPj: 0.1, gatedAccessPj: { PE: 0 } }, 8);
    // Weights of a PE: 8 reads, half of them gated, and 8 fills: a quarter of 8 accesses of 4 pJ, in two PEs.
    expect(priced.energyPj).toBeCloseTo(evaluation.energyPj - 8 * 0.9 - 2 * 2 * 4, 9);
  });

  it('counts metadata as bits of the words they come with', () => {
    const features = {
      formats: [{ level: 'DRAM', tensor: 'Weights', ranks: [{ format: 'bitmask', dims: ['M', 'C'] }] }],
    } as const;
    const sparse = evaluateSparse(dense, features, { Weights: { kind: 'uniform', density: 0.5 } }, 8);
    const { reads, metadataBits } = sparse.levels[0]!.accesses.Weights!;
    // Weights are read once: 4 of 8 words, and a bit for each of the 8.
    expect([reads.full, metadataBits]).toEqual([4, 8]);
    const { levels } = sparseEnergy(dense, sparse, {}, 8);
    expect(levels['DRAM']!.metadataPj).toBeCloseTo((8 / 8 / 2) * 4, 9);
  });
});
