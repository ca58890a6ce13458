import { describe, expect, it } from 'vitest';
import { checkMapping, parseMapping, type Problem } from '@archon-dse/loop-nest';
import { architectureOf, type ArrayName } from './architectures.js';
import { PUBLISHED_MAPPINGS } from './data/published-mappings.js';
import { mappingOf, isPublished } from './mappings.js';
import { readLines } from './text.js';

const mappings = readLines(PUBLISHED_MAPPINGS).map((line) => {
  const [key = '', text = ''] = line.split(' | ');
  const [array = 'dense', ...sizes] = key.split(' ');
  const [C = 0, M = 0, R = 0, P = 0, stride = 0] = sizes.map((size) => Number(size.slice(1)));
  const problem: Problem = { C, M, R, S: R, P, Q: P, N: 1, strideP: stride, strideQ: stride };
  return { key, text, array: array as ArrayName, problem };
});

describe('published mappings', () => {
  it.each(mappings)('$key fits its array', ({ array, problem, text }) => {
    const architecture = architectureOf(array);
    expect(checkMapping(problem, architecture, parseMapping(text, architecture))).toBeUndefined();
  });

  const dense = mappings.filter(({ array }) => array === 'dense');
  it.each(dense)('$key: search finds its cycles, and no more energy', ({ array, problem }) => {
    const [known, found] = [mappingOf({ array, problem }, 'published'), mappingOf({ array, problem }, 'corrected')];
    if (!known.found || !found.found) throw new Error('no mapping');
    expect([isPublished(known.evaluation), isPublished(found.evaluation)]).toEqual([true, false]);
    expect(found.evaluation.cycles).toBe(known.evaluation.cycles);
    expect(found.evaluation.energyPj).toBeLessThanOrEqual(known.evaluation.energyPj * (1 + 1e-12));
  });
});
