import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DENSE_CONSTRAINTS } from '../../test/dense-mapspace.js';
import { ARCHITECTURES } from '../../test/golden.js';
import type { Architecture } from '../model/architecture.js';
import { evaluate } from '../model/evaluate.js';
import type { Mapping } from '../model/mapping.js';
import type { Problem } from '../model/problem.js';
import { findBestMapping } from '../search/mapper.js';
import { cycleLimits } from './cycle-limits.js';
import { explainNest, type NestExplanation } from './explain-nest.js';
import { largerBuffers } from './larger-buffers.js';
import { utilizationLosses } from './utilization-losses.js';

const dense = ARCHITECTURES['dense']!;
const layer = (bounds: Partial<Problem>): Problem => ({
  ...{ C: 1, M: 1, R: 1, S: 1, P: 1, Q: 1, N: 1, strideP: 1, strideQ: 1 },
  ...bounds,
});

function explained(problem: Problem, architecture = dense): NestExplanation {
  const explanation = explainNest(problem, architecture, DENSE_CONSTRAINTS);
  if (!explanation.found) throw new Error(explanation.message);
  return explanation;
}

/** A DRAM without limits above one PE that keeps outputs, 1 word a cycle in and 2 out, or what is changed of it. */
const onePe = (change: object): Architecture => ({
  levels: [
    { name: 'DRAM', keeps: ['Weights', 'Inputs', 'Outputs'], blockSize: 1, accessEnergyPj: 1, meshX: 1, meshY: 1 },
    { name: 'pe', keeps: ['Outputs'], blockSize: 1, accessEnergyPj: 1, meshX: 1, meshY: 1, ...change },
  ],
  macs: 1,
  macEnergyPj: 1,
});

describe('cycleLimits', () => {
  it('are those of the MACs and of each bandwidth, by hand', () => {
    // 4 x 6 MACs; each adds to one of 6 outputs: 24 updates, 24 - 6 reads, and 6 fills.
    const mapping: Mapping = [[{ dim: 'M', bound: 6, kind: 'temporal' }], [{ dim: 'C', bound: 4, kind: 'temporal' }]];
    const architecture = onePe({ readBandwidth: 0.5, writeBandwidth: 2 });
    expect(cycleLimits(architecture, evaluate(layer({ C: 4, M: 6 }), architecture, mapping))).toEqual([
      { resource: 'reads', level: 'pe', cycles: 36 },
      { resource: 'compute', cycles: 24 },
      { resource: 'writes', level: 'pe', cycles: 15 },
    ]);
  });
});

describe('levels of one room', () => {
  const room = { room: 'pe', readBandwidth: 0.5, sizeWords: 8 };
  const level = onePe({}).levels[1]!;
  const [dram] = onePe({}).levels;
  const architecture: Architecture = {
    ...onePe({}),
    levels: [dram!, { ...level, ...room, name: 'in', keeps: ['Inputs'] }, { ...level, ...room, name: 'out' }],
  };

  it('share their bandwidth and grow together', () => {
    // 4 inputs are kept and read once each, 1 output is added to 4 times and read 3 times: 7 words.
    const constraints = [{ temporal: { C: 1 } }, { temporal: { C: 1 } }, { temporal: { C: 'rest' as const } }];
    const told = explainNest(layer({ C: 4 }), architecture, constraints);
    expect(told).toMatchObject({ limits: [{ resource: 'reads', level: 'pe', cycles: 14 }, { resource: 'compute' }] });
    expect(told.larger).toMatchObject([{ level: 'pe', sizeWords: 8, largerWords: 16, changes: false }]);
  });
});

describe('utilizationLosses', () => {
  it('tells factors that do not divide from those that were not chosen', () => {
    // 14 output columns on 8 columns of PEs: 7 work. One input and one output channel on 9 rows: 1 works.
    const { losses } = explained(layer({ Q: 14, P: 4 }));
    expect(losses).toMatchObject([
      { cause: 'divisors', place: 'shared_glb X', share: 1 / 8, reason: '7 of 8 work: no factors of M1 Q14 make more' },
      { cause: 'divisors', place: 'DummyBuffer Y', reason: '1 of 9 work: no factors of C1 M1 S1 make more' },
    ]);
    expect(losses[1]!.share).toBeCloseTo((7 / 8) * (8 / 9), 12);
  });

  it('names what a mapping left out, the room beside the meshes and the level that is waited for', () => {
    const architecture = { ...onePe({ meshX: 4, readBandwidth: 0.5 }), macs: 8 };
    const loops = (bound: number): Mapping => [
      [{ dim: 'C', bound: 4 / bound, kind: 'temporal' }],
      [{ dim: 'C', bound, kind: 'spatialX' }],
    ];
    const losses = (bound: number) => {
      const evaluation = evaluate(layer({ C: 4 }), architecture, loops(bound));
      return utilizationLosses(layer({ C: 4 }), architecture, loops(bound), evaluation, [
        {},
        { spatialX: { dims: ['C'] } },
      ]);
    };
    expect(losses(2)).toMatchObject([
      { cause: 'unfilled', share: 0.5, reason: '2 of 4 work: factors of C4 would fill 4, in no better mapping' },
      { cause: 'hardware', share: 0.25, reason: 'the meshes have room for 4 of 8 multipliers' },
    ]);
  });
});

describe('variants the mapper chooses', () => {
  it('are explained by their own levels', () => {
    const constraints = DENSE_CONSTRAINTS.map((level, l) => (l === 1 ? { ...level, mayBeUneven: true } : level));
    const told = explainNest(layer({ C: 12, M: 8, Q: 14, P: 4 }), dense, constraints);
    if (!told.found) throw new Error(told.message);
    const lost = told.losses.reduce((sum, { share }) => sum + share, 0);
    expect(lost).toBeCloseTo(1 - told.evaluation.utilization, 10);
    for (const { cause, reason } of told.losses) if (cause === 'divisors') expect(reason).toContain('no factors of');
    expect(told.limits[0]!.cycles).toBe(told.evaluation.cycles);
  });
});

describe('start-up', () => {
  it('is a loss of its own, beside the limits', () => {
    const told = explainNest(layer({ C: 96, M: 24, P: 4 }), dense, DENSE_CONSTRAINTS, { model: { startUp: true } });
    if (!told.found) throw new Error(told.message);
    const { evaluation, limits, losses } = told;
    expect(limits[0]!.cycles).toBe(evaluation.cycles - evaluation.startUpCycles);
    expect(losses.at(-1)).toMatchObject({ cause: 'start-up' });
    const lost = losses.reduce((sum, { share }) => sum + share, 0);
    expect(lost).toBeCloseTo(1 - evaluation.utilization, 10);
  });
});

describe('remainders', () => {
  it('are a loss of their own, and fill a side that no factors fill', () => {
    // 5 inputs on 4 PEs: 3 and 2 of them in 2 steps.
    const problem = layer({ C: 5 });
    const architecture = { ...onePe({ meshX: 4 }), macs: 4 };
    const mapping: Mapping = [[{ dim: 'C', bound: 2, kind: 'temporal' }], [{ dim: 'C', bound: 3, kind: 'spatialX' }]];
    const evaluation = evaluate(problem, architecture, mapping, { semantics: 'exact' });
    const losses = utilizationLosses(problem, architecture, mapping, evaluation, [{}, { spatialX: { dims: ['C'] } }]);
    expect(losses).toMatchObject([
      { cause: 'unfilled', share: 1 / 4, reason: '3 of 4 work' },
      { cause: 'remainders', share: expect.closeTo(1 / 8, 12) as number },
    ]);
    expect(evaluation.utilization).toBeCloseTo(5 / 8, 12);
  });
});

describe('explainNest', () => {
  it('says what a larger buffer brings, and what one brings that is not short', () => {
    const problem = layer({ C: 96, M: 24, P: 32, Q: 32 });
    const small = {
      ...dense,
      levels: dense.levels.map((l) => (l.name === 'shared_glb' ? { ...l, sizeWords: 2048 } : l)),
    };
    const { larger } = explained(problem, small);
    const now = explainedCost(problem, small);
    const [glb] = larger;
    expect(larger.map(({ level }) => level)).toEqual(['shared_glb', 'ifmap_spad', 'weights_spad', 'psum_spad']);
    expect(glb).toMatchObject({ sizeWords: 2048, largerWords: 4096, cycles: now.cycles, changes: true });
    expect(glb!.energyPj).toBeLessThan(now.energyPj);
    const unchanged = larger.filter(({ changes }) => !changes);
    expect(unchanged.length).toBeGreaterThan(0);
    for (const { cycles, energyPj } of unchanged) expect({ cycles, energyPj }).toEqual(now);
  });

  it('knows that what fits a buffer fits a larger one, where a budget ends the search before it is found', () => {
    const problem = layer({ C: 16, M: 32, P: 14, Q: 14, R: 3, S: 3 });
    const { evaluation } = explained(problem);
    const larger = largerBuffers(problem, dense, DENSE_CONSTRAINTS, evaluation, { budget: { evaluations: 10 } });
    expect(larger).toHaveLength(4);
    for (const { cycles, energyPj } of larger) {
      expect(cycles).toBeLessThanOrEqual(evaluation.cycles);
      if (cycles === evaluation.cycles) expect(energyPj).toBeLessThanOrEqual(evaluation.energyPj);
    }
  });

  it('says which level is too small, and by how much', () => {
    expect(explainNest(layer({ R: 20, P: 4 }), dense, DENSE_CONSTRAINTS)).toMatchObject({
      found: false,
      cause: 'capacity',
      level: 'ifmap_spad',
      needs: 20,
      has: 16,
      larger: [{ level: 'ifmap_spad', sizeWords: 16, largerWords: 32, changes: true }],
    });
  });

  it('accounts for every cycle and every multiplier', () => {
    const bound = fc.constantFrom(1, 2, 3, 5, 8, 12, 14);
    const problems = fc.record({
      C: bound,
      M: bound,
      P: bound,
      Q: bound,
      R: fc.constantFrom(1, 3),
      S: fc.constantFrom(1, 3),
    });
    fc.assert(
      fc.property(problems, fc.constantFrom(0.5, 2, 16), fc.constantFrom(72, 144), (bounds, bandwidth, macs) => {
        const levels = dense.levels.map((l) => (l.name === 'shared_glb' ? { ...l, readBandwidth: bandwidth } : l));
        const architecture = { ...dense, levels, macs };
        const problem = layer(bounds);
        const best = findBestMapping(problem, architecture, DENSE_CONSTRAINTS);
        if (!best.found) throw new Error(best.message);
        const { mapping, evaluation } = best;
        const losses = utilizationLosses(problem, architecture, mapping, evaluation, DENSE_CONSTRAINTS);
        expect(cycleLimits(architecture, evaluation)[0]!.cycles).toBe(evaluation.cycles);
        const lost = losses.reduce((sum, { share }) => sum + share, 0);
        expect(lost).toBeCloseTo(1 - evaluation.utilization, 10);
        for (const { share } of losses) expect(share).toBeGreaterThan(0);
      }),
      { numRuns: 50 },
    );
  });
});

function explainedCost(problem: Problem, architecture: Architecture): { cycles: number; energyPj: number } {
  const { cycles, energyPj } = evaluate(problem, architecture, explained(problem, architecture).mapping);
  return { cycles, energyPj };
}
