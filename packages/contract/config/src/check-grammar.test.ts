import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import { checkGrammar } from './check-grammar.js';
import { GRAMMARS } from './grammars.js';
import { valueAt } from './nodes.js';
import { readYaml } from './yaml-nodes.js';

const HEAD = 'apiVersion: archon/v1\nname: small\nobjectives: [cycles]\nnetworks: [{ use: a }]\n';

/** All problems of a sweep as line, column, code and what was expected. */
function problemsOf(text: string): readonly string[] {
  const { root, problems } = readYaml(text, 'a.yaml');
  checkGrammar(root, GRAMMARS.sweep, problems);
  return diagnosticsOf(() => problems.throwIfAny()).map(({ location, code, expected, hint = '' }) => {
    return `${String(location?.line)}:${String(location?.column)} ${code}, ${String(expected)}${hint}`;
  });
}

describe('checkGrammar', () => {
  it.each([
    ['accelerators: [{ use: b, axes: { a/b: [], a~1b: [1] } }]', ['5:34 ARCHON_SWEEP_EMPTY, at least one entry']],
    [
      'accelerators: [{ use: b, axes: { "": 3 } }]',
      [
        '5:38 ARCHON_SWEEP_WRONG_TYPE, a list of values, or a range { from, to, step } or { from, to, factor }' +
          'Write a single value under options, or as a list of one.',
      ],
    ],
    [
      'accelerators: [{ use: b }]\nexecutor: serial',
      [
        '6:11 ARCHON_SWEEP_WRONG_TYPE, a map with kind, workers, timeoutS, partition, account and othersWrite { kind: serial }.',
      ],
    ],
    [
      'accelerators: [{ use: b }]\nexecutor: { kind: serial, timeoutS: 0 }',
      ['6:37 ARCHON_SWEEP_BAD_VALUE, a number greater than 0 and at most 1000000'],
    ],
    ['accelerators: [{ use: b }]\nseed: -0.5', ['6:7 ARCHON_SWEEP_BAD_VALUE, a whole number from 0 to 4294967295']],
    ['accelerators: [{ use: b }]\nconstraints: [{ min: 1 }]', ['6:15 ARCHON_SWEEP_MISSING_KEY, at least: metric']],
    [
      'accelerators: [{ use: b }]\ngroupBy: acelerator',
      [
        '6:10 ARCHON_SWEEP_BAD_VALUE, network, accelerator, network.options.X, accelerator.options.X or stages[i].options.X' +
          'Did you mean "accelerator"?',
      ],
    ],
  ])('refuses %j once, at its place', (text, expected) => {
    expect(problemsOf(`${HEAD}${text}\n`)).toEqual(expected);
  });

  it('tells which nodes are as the grammar has them, others notwithstanding', () => {
    const { root, problems } = readYaml(`${HEAD}accelerators: [{ use: b }]\nseed: x\n`, 'a.yaml');
    checkGrammar(root, GRAMMARS.sweep, problems);
    const soundOf = (key: string) => problems.isSound(valueAt(root, key)!);
    expect([problems.isSound(root), soundOf('seed'), soundOf('networks')]).toEqual([false, false, true]);
  });
});
