import type { Candidate, JsonValue } from '@archon-dse/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { candidate } from '../test-fixtures.js';
import { choicesOf } from '../explore/expand.js';
import { ValuesToCheck } from './values-to-check.js';

/** The values of each option that work with none of the others, and how many choices were looked at. */
function broken(found: Candidate, works: (options: object) => boolean, check = new ValuesToCheck(found)) {
  const [all, good] = [new Set<string>(), new Set<string>()];
  let looked = 0;
  for (const { options } of check.choices()) {
    looked += 1;
    const isGood = works(options);
    if (isGood) check.noteWorking();
    for (const entry of Object.entries(options)) (isGood ? good : all).add(JSON.stringify(entry));
  }
  return { values: [...all].filter((entry) => !good.has(entry)).sort(), looked };
}

/** The same with every choice looked at. */
const lookedAtAll = (found: Candidate, works: (options: object) => boolean) =>
  broken(found, works, { choices: () => choicesOf(found), noteWorking: () => undefined } as unknown as ValuesToCheck);

it('finds the values that never work, as looking at every choice does', () => {
  const values = fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 4 });
  const bad = fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.nat(9), { minKeys: 1 }), { maxLength: 6 });
  fc.assert(
    fc.property(values, values, values, bad, (a, b, c, rules) => {
      const found = { ...candidate('x/y', { fixed: 1 }, { a, b, c }), when: { c: { b: b.slice(0, 1) } } };
      const works = (options: object): boolean =>
        !rules.some((rule) =>
          Object.entries(rule).every(([name, value]) => (options as Record<string, JsonValue>)[name] === value),
        );
      expect(broken(found, works).values).toEqual(lookedAtAll(found, works).values);
    }),
    { numRuns: 500 },
  );
});

it('looks at a sum of the axes where all is well', () => {
  const many = Array.from({ length: 100 }, (_, index) => index);
  expect(broken(candidate('x/y', {}, { a: many, b: many }), () => true)).toEqual({ values: [], looked: 199 });
});

it('looks at all members of one map together', () => {
  const maps = candidate('x/y', { pe: { kind: 'mac' } }, { 'pe.lanes': [1, 2], 'pe.bits': [4, 8] });
  expect(broken(maps, () => true).looked).toBe(4);
});
