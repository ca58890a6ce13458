import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aNest } from '../../test/nest-cases.js';
import { ClippedEvaluator } from './clipped-evaluator.kernel.js';
import { Evaluator } from './evaluator.kernel.js';

const OPTIONS = { semantics: 'exact', startUp: true } as const;

test('without remainders both kernels of the exact semantics are one', () => {
  fc.assert(
    fc.property(aNest({ iterations: 2000, remainders: false }), ({ problem, architecture, mapping }) => {
      const leaking = { ...architecture, leakagePjPerCycle: 3 };
      const evaluator = new Evaluator(problem, leaking, OPTIONS);
      const clipped = new ClippedEvaluator(problem, leaking, OPTIONS);
      evaluator.evaluate(mapping);
      expect(clipped.leavesRemainder(mapping)).toBe(false);
      clipped.evaluate(mapping, 0);
      const { cost } = evaluator;
      expect(clipped.cost.cycles).toBe(cost.cycles);
      expect(clipped.cost.energyPj).toBeCloseTo(cost.energyPj, 4);
      architecture.levels.forEach((_, l) => {
        for (let t = l * 3; t < l * 3 + 3; t++) {
          expect(clipped.cost.totalReads(t)).toBe(cost.totalReads(t));
          expect(clipped.cost.totalVectors(t)).toBe(cost.totalVectors(t));
        }
      });
    }),
    { numRuns: 300 },
  );
});

test('a used evaluator gives what a fresh one gives', () => {
  fc.assert(
    fc.property(aNest({ iterations: 2000, remainders: true }), fc.nat(), ({ problem, architecture, mapping }, turn) => {
      const options = { ...OPTIONS, haloSharing: turn % 2 === 0 };
      const used = new Evaluator(problem, architecture, options);
      used.evaluate(mapping.map((_, l) => mapping[(l + turn) % mapping.length] ?? []));
      used.evaluate(mapping);
      const fresh = new Evaluator(problem, architecture, options);
      fresh.evaluate(mapping);
      expect([used.cost.cycles, used.cost.energyPj]).toEqual([fresh.cost.cycles, fresh.cost.energyPj]);
    }),
    { numRuns: 200 },
  );
});
