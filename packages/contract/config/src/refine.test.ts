import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import { toyRegistry } from '../../../../test/toy-registry.js';
import { parseSweep } from './sweep.js';

function textOf(refine: string): string {
  return `apiVersion: archon/v1
name: small
networks: [{ use: mobilenet-v2 }, { use: shufflenet }]
stages: [{ use: archon/prune }]
accelerators: [{ use: dense, axes: { meshX: [4, 8] } }, { use: grid }]
objectives: [cycles]
refine: ${refine}
`;
}

/** The text under the caret of each problem, and the problem in words. */
function problemsOf(refine: string): readonly string[] {
  const text = textOf(refine);
  return diagnosticsOf(() => parseSweep(text, 'sweep.yaml', toyRegistry())).map(
    ({ code, message, expected = '', hint = '', location }) => {
      const { line = 0, column = 0, length = 0 } = location ?? {};
      const under = (text.split('\n')[line - 1] ?? '').slice(column - 1, column - 1 + length);
      return [code, under, message, expected, hint].join(' | ');
    },
  );
}

describe('refine', () => {
  it.each([
    ['{ top: front, set: { accelerator.options.gating: true } }', 'front', { 'accelerator.options.gating': true }],
    [
      '{ top: 3, set: { accelerator.options.pe.lanes: 4, seed: 7 } }',
      3,
      { 'accelerator.options.pe.lanes': 4, seed: 7 },
    ],
    [
      '{ top: 1, set: { "stages[0].options.sparsity": 0.5, network.options.dataset: imagenet } }',
      1,
      { 'stages[0].options.sparsity': 0.5, 'network.options.dataset': 'imagenet' },
    ],
  ])('%s is read', (refine, top, set) => {
    expect(parseSweep(textOf(refine), 'sweep.yaml', toyRegistry()).refine).toEqual({ top, set });
  });

  it('is nothing where a sweep has none', () => {
    const text = textOf('{}').replace('refine: {}\n', '');
    expect(parseSweep(text, 'sweep.yaml', toyRegistry())).not.toHaveProperty('refine');
  });

  it.each([
    [
      '{ top: all, set: { seed: 1 } }',
      ['ARCHON_SWEEP_BAD_VALUE | all | refine.top is the text "all" | front, or a whole number from 1 | '],
    ],
    [
      '{ top: frnt, set: { seed: 1 } }',
      [
        'ARCHON_SWEEP_BAD_VALUE | frnt | refine.top is the text "frnt" | front, or a whole number from 1 | Did you mean "front"?',
      ],
    ],
    [
      '{ top: 0, set: { seed: 1 } }',
      ['ARCHON_SWEEP_BAD_VALUE | 0 | refine.top is the number 0 | a whole number from 1 to 1000000 | '],
    ],
    [
      '{ top: 1.5, set: { seed: 1 } }',
      ['ARCHON_SWEEP_WRONG_TYPE | 1.5 | refine.top is the number 1.5 | front, or a whole number from 1 | '],
    ],
    [
      '{ top: true, set: { seed: -1 } }',
      [
        'ARCHON_SWEEP_WRONG_TYPE | true | refine.top is true | front, or a whole number from 1 | ',
        'ARCHON_SWEEP_BAD_VALUE | -1 | refine.set.seed is the number -1 | a whole number from 0 to 4294967295 | ',
      ],
    ],
    [
      '{ set: { seed: 1 } }',
      ['ARCHON_SWEEP_MISSING_KEY | refine | refine lacks the key "top" | at least: top, set | '],
    ],
    [
      '{ top: front, set: {}, best: 3 }',
      [
        'ARCHON_SWEEP_EMPTY | set | refine.set is an empty map | at least one entry | ',
        'ARCHON_SWEEP_UNKNOWN_KEY | best | refine has no key "best" | one of: top, set | Did you mean "set"?',
      ],
    ],
    [
      '{ top: front, set: { acelerator.options.gating: true } }',
      [
        'ARCHON_SWEEP_UNKNOWN_KEY | acelerator.options.gating | refine.set has "acelerator.options.gating", which is no option of a point | seed, network.options.X, stages[i].options.X or accelerator.options.X | Did you mean "accelerator.options.gating"?',
      ],
    ],
    [
      '{ top: front, set: { accelerator: dense } }',
      [
        'ARCHON_SWEEP_UNKNOWN_KEY | accelerator | refine.set has "accelerator", which is no option of a point | seed, network.options.X, stages[i].options.X or accelerator.options.X | ',
      ],
    ],
    [
      '{ top: front, set: { accelerator.options.gatin: true } }',
      [
        'ARCHON_UNKNOWN_OPTION | accelerator.options.gatin | none of dense, grid has an option "gatin" | one of: meshX, glbKib, gating, pe, pe.lanes, pe.bits | Did you mean "gating"?',
      ],
    ],
    [
      '{ top: front, set: { "stages[0].options.sparsty": 0.5 } }',
      [
        'ARCHON_UNKNOWN_OPTION | "stages[0].options.sparsty" | prune has no option "sparsty" | one of: sparsity, skipLayers | Did you mean "sparsity"?',
      ],
    ],
    [
      '{ top: front, set: { "stages[1].options.sparsity": 0.5 } }',
      [
        'ARCHON_SWEEP_BAD_VALUE | "stages[1].options.sparsity" | refine.set has "stages[1].options.sparsity", but the sweep lists 1 stages | the number of a stage, counted from 0 | ',
      ],
    ],
    [
      '{ top: front, set: { network.options.dataset: cifr10, accelerator.options.meshX: 65 } }',
      [
        'ARCHON_BAD_OPTION | cifr10 | mobilenet-v2 cannot have dataset: "cifr10" | one of: "cifar10", "imagenet" | Did you mean "cifar10"?',
        'ARCHON_BAD_OPTION | 65 | dense cannot have meshX: 65 | a whole number, at least 1, at most 64 (PE) | ',
      ],
    ],
    [
      '{ top: front, set: { accelerator.options.pe.lanes: 4, accelerator.options.pe: { bits: 8, lane: 1 } } }',
      [
        'ARCHON_SWEEP_OPTION_TWICE | accelerator.options.pe | refine.set.accelerator.options.pe is also set by accelerator.options.pe.lanes | an option set once, as a whole or by its members | ',
        'ARCHON_UNKNOWN_OPTION | lane | pe of grid has no member "lane" | one of: lanes, bits | Did you mean "lanes"?',
      ],
    ],
  ])('%s is refused at its place', (refine, expected) => {
    expect(problemsOf(refine)).toEqual(expected);
  });
});
