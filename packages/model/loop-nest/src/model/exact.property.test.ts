import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aNest } from '../../test/nest-cases.js';
import { NestWalker } from '../../test/walk.js';
import { evaluate } from './evaluate.js';
import type { DataSpace } from './problem.js';

test('exact counts are those of a walk of the nest', () => {
  fc.assert(
    fc.property(aNest({ iterations: 300, remainders: false }), ({ problem, architecture, mapping }) => {
      const walk = new NestWalker(problem, architecture, mapping).walk();
      const result = evaluate(problem, architecture, mapping, { semantics: 'exact' });
      expect(result.computeCycles).toBe(walk.computeCycles);
      expect(result.levels.map(({ instances }) => instances)).toEqual(walk.instances);
      for (const [key, counts] of Object.entries(walk.levels)) {
        const [level, space] = key.split(':') as [string, DataSpace];
        const accesses = result.levels[Number(level)]!.accesses[space]!;
        expect({ key, ...accesses }).toMatchObject({ key, tileWords: walk.tiles[key], ...counts.first });
      }
    }),
    { numRuns: 300 },
  );
});
