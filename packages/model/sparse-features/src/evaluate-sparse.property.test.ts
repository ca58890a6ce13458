import { evaluate } from '@archon-dse/loop-nest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases, featuresOf } from '../test/cases.js';
import { Walk } from '../test/walk.js';
import { evaluateSparse } from './evaluate-sparse.js';
import type { Shares } from './shares.js';

const close = (actual: Shares, share: Shares, words: number): void => {
  for (const key of ['full', 'gated', 'skipped'] as const) {
    expect(Math.abs(actual[key] - share[key] * words)).toBeLessThanOrEqual(1e-9 * (1 + words));
  }
};

describe('evaluateSparse', () => {
  it('counts with masks what a walk of the nest meets', () => {
    const property = fc.property(
      cases.chain((own) => fc.tuple(fc.constant(own), featuresOf(own))),
      ([{ problem, architecture, mapping, masks }, features]) => {
        const evaluation = evaluate(problem, architecture, mapping);
        const zeros = {
          Weights: { kind: 'mask', values: masks.Weights },
          Inputs: { kind: 'mask', values: masks.Inputs },
        } as const;
        const sparse = evaluateSparse({ problem, architecture, mapping, evaluation }, features, zeros, 8);
        const walk = new Walk(problem, architecture, mapping, masks);
        const engine = walk.engine(features.compute!.skipping!);
        expect(sparse.computeCycles).toBeCloseTo(engine.cycles, 6);
        expect(sparse.macs.full).toBeCloseTo(engine.macs, 6);
        for (const [at, level] of architecture.levels.entries()) {
          for (const space of level.keeps) {
            const { reads, updates, fills } = evaluation.levels[at]!.accesses[space]!;
            const own = sparse.levels[at]!.accesses[space]!;
            const down = walk.shares(space, at, features);
            close(own.reads, down, reads);
            close(own.updates, down, updates);
            const parent = architecture.levels.map(({ keeps }, l) => (l < at && keeps.includes(space) ? l : -1));
            const from = Math.max(...parent);
            if (from >= 0) close(own.fills, walk.shares(space, from, features, at), fills);
          }
        }
      },
    );
    fc.assert(property, { numRuns: 150 });
  });
});
