import { listValues } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import { readAxis } from './axis.js';
import { checkGrammar } from './check-grammar.js';
import { AXIS } from './grammars.js';
import { readYaml } from './yaml-nodes.js';

function values(text: string): readonly unknown[] {
  const { root, problems } = readYaml(text, 'axis.yaml');
  checkGrammar(root, AXIS, problems);
  const { values } = readAxis(root, problems);
  problems.throwIfAny();
  return listValues(values);
}

function wrong(text: string): string {
  return diagnosticsOf(() => values(text))
    .map(({ code, message }) => `${code}: ${message}`)
    .join('; ');
}

describe('an axis', () => {
  it.each([
    ['[4, 8]', [4, 8]],
    ['[a, true, 1.5, [1, 2]]', ['a', true, 1.5, [1, 2]]],
    ['{ from: 0.1, to: 0.5, step: 0.1 }', [0.1, 0.2, 0.3, 0.4, 0.5]],
    ['{ from: -0.3, to: 0.3, step: 0.1 }', [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]],
    ['{ from: 1, to: 2, step: 0.3 }', [1, 1.3, 1.6, 1.9]],
    ['{ from: 5, to: 5, step: 2 }', [5]],
    ['{ from: 1e21, to: 3e21, step: 1e21 }', [1e21, 2e21, 3e21]],
    ['{ from: 1e-7, to: 3e-7, step: 1e-7 }', [1e-7, 2e-7, 3e-7]],
    ['{ from: 64, to: 256, factor: 2 }', [64, 128, 256]],
    ['{ from: 0.1, to: 1, factor: 3 }', [0.1, 0.3, 0.9]],
    ['{ from: 0.001, to: 1, factor: 10 }', [0.001, 0.01, 0.1, 1]],
  ])('expands %s', (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  it.each([
    ['[]', 'ARCHON_SWEEP_EMPTY'],
    ['3', 'ARCHON_SWEEP_WRONG_TYPE'],
    ['[1, 2, 1.0]', 'ARCHON_SWEEP_DUPLICATE_VALUE: [2] repeats 1'],
    ['[{ a: 1, b: 2 }, { b: 2, a: 1 }]', 'ARCHON_SWEEP_DUPLICATE_VALUE'],
    ['{ from: 1, to: 2 }', 'ARCHON_SWEEP_BAD_RANGE: the sweep has neither step nor factor'],
    ['{ from: 1, to: 2, step: 1, factor: 2 }', 'ARCHON_SWEEP_BAD_RANGE: the sweep has both'],
    ['{ from: 1, to: 2, step: 0 }', 'ARCHON_SWEEP_BAD_RANGE: step is 0'],
    ['{ from: 1, to: 2, step: -1 }', 'ARCHON_SWEEP_BAD_RANGE: step is -1'],
    ['{ from: 1, to: 2, factor: 1 }', 'ARCHON_SWEEP_BAD_RANGE: factor is 1'],
    ['{ from: 0, to: 2, factor: 2 }', 'ARCHON_SWEEP_BAD_RANGE: from is 0'],
    ['{ from: 3, to: 2, step: 1 }', 'ARCHON_SWEEP_BAD_RANGE: to is 2'],
    ['{ from: 1, to: 10001, step: 1 }', 'ARCHON_SWEEP_BAD_RANGE: the sweep holds more than 10000'],
    ['{ from: 1, to: 1e300, step: 1e-300 }', 'ARCHON_SWEEP_BAD_RANGE: the sweep holds more than 10000'],
    ['{ from: 1, to: 1e300, factor: 1.0001 }', 'ARCHON_SWEEP_BAD_RANGE: the sweep holds more than 10000'],
    ['{ from: a, to: 2, step: 1 }', 'ARCHON_SWEEP_WRONG_TYPE: from is the text "a"'],
    ['{ from: 1, step: 1 }', 'ARCHON_SWEEP_MISSING_KEY'],
    [
      '{ from: 1 }',
      'BAD_RANGE: the sweep has neither step nor factor; ARCHON_SWEEP_MISSING_KEY: the sweep lacks the key "to"',
    ],
    ['{ start: 1, from: 1, to: 2, step: 1 }', 'ARCHON_SWEEP_UNKNOWN_KEY: the sweep has no key "start"'],
  ])('refuses %s', (text, expected) => {
    expect(wrong(text)).toContain(expected);
  });

  it('takes a list in a map too, which has room for a condition', () => {
    expect(values('{ values: [4, 8] }')).toEqual([4, 8]);
    expect(wrong('{ values: [] }')).toContain('ARCHON_SWEEP_EMPTY: values is an empty list');
    expect(wrong('{ values: [1], step: 2 }')).toContain('ARCHON_SWEEP_UNKNOWN_KEY');
  });

  it('stays a range where a sweep searches', () => {
    const read = (text: string) => {
      const { root, problems } = readYaml(text, 'axis.yaml');
      return { ...readAxis(root, problems, true), problems };
    };
    const { values: range, checked } = read('{ from: 1, to: 1e9, step: 1 }');
    expect(range).toEqual({ from: 1, step: 1, count: 1e9 });
    expect([checked.length, checked.at(-1)?.value]).toEqual([10_001, 1e9]);
    const tooLong = read('{ from: 0, to: 1, step: 1e-10 }');
    expect(() => tooLong.problems.throwIfAny()).toThrow(/holds more than 2147483647 values/);
  });

  it('allows exactly 10,000 values', () => {
    expect(values('{ from: 1, to: 10000, step: 1 }')).toHaveLength(10_000);
  });
});
