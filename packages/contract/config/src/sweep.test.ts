import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import { openRegistry, toyRegistry } from '../../../../test/toy-registry.js';
import { parseSweep } from './sweep.js';
import { INHERITED, MINIMAL, problemsOf } from './test-fixtures.js';

const QUICKSTART = `# yaml-language-server: $schema=./sweep.schema.json
apiVersion: archon/v1
name: quickstart
description: Two networks on a small grid.
networks:
  - use: mobilenet-v2
    options: { dataset: cifar10 }
    axes:
      variant: [baseline, modified]
      width: { from: 0.25, to: 1, step: 0.25 }
stages:
  - use: archon/prune
    axes: { sparsity: [0.5, 0.9] }
accelerators:
  - use: dense
    axes: { meshX: [4, 8], glbKib: { from: 64, to: 256, factor: 2 } }
objectives:
  - cycles
  - accuracy
  - { metric: energyPj, direction: minimize }
constraints:
  - { metric: areaUm2, max: 2.0e6 }
groupBy: stages[0].options.sparsity
executor: { kind: workerpool, workers: 2, timeoutS: 0.5 }
`;

describe('parseSweep', () => {
  it('resolves ids, fills in defaults, expands ranges and keeps options and axes apart', () => {
    expect(parseSweep(QUICKSTART, 'sweep.yaml', toyRegistry())).toEqual({
      apiVersion: 'archon/v1',
      name: 'quickstart',
      description: 'Two networks on a small grid.',
      plugins: [],
      seed: 1,
      networks: [
        {
          use: 'archon/mobilenet-v2',
          options: { dataset: 'cifar10' },
          axes: { variant: ['baseline', 'modified'], width: [0.25, 0.5, 0.75, 1] },
        },
      ],
      stages: [{ use: 'archon/prune', options: { skipLayers: [] }, axes: { sparsity: [0.5, 0.9] } }],
      accelerators: [
        { use: 'archon/dense', options: { gating: false }, axes: { meshX: [4, 8], glbKib: [64, 128, 256] } },
      ],
      objectives: [
        { metric: 'cycles', direction: 'minimize' },
        { metric: 'accuracy', direction: 'maximize' },
        { metric: 'energyPj', direction: 'minimize' },
      ],
      constraints: [{ metric: 'areaUm2', max: 2e6 }],
      groupBy: 'stages[0].options.sparsity',
      executor: { kind: 'workerpool', workers: 2, timeoutS: 0.5 },
    });
  });

  it('fills in everything a minimal sweep leaves out', () => {
    expect(parseSweep(MINIMAL, 'sweep.yaml', toyRegistry())).toEqual({
      apiVersion: 'archon/v1',
      name: 'small',
      plugins: [],
      seed: 1,
      networks: [
        { use: 'archon/mobilenet-v2', options: { dataset: 'cifar10', variant: 'baseline', width: 1 }, axes: {} },
      ],
      stages: [],
      accelerators: [{ use: 'archon/dense', options: { meshX: 8, glbKib: 128, gating: false }, axes: {} }],
      objectives: [{ metric: 'cycles', direction: 'minimize' }],
      constraints: [],
      executor: { kind: 'workerpool' },
    });
  });

  it('varies members of a map, and fills in the others', () => {
    const entry = '{ use: grid, options: { pe: { bits: 8 } }, axes: { pe.lanes: { from: 1, to: 4, factor: 2 } } }';
    const { accelerators } = parseSweep(MINIMAL.replace('{ use: dense }', entry), 'sweep.yaml', toyRegistry());
    expect(accelerators).toEqual([
      { use: 'archon/grid', options: { pe: { lanes: 4, bits: 8 } }, axes: { 'pe.lanes': [1, 2, 4] } },
    ]);
  });

  describe('asks only for metrics that points have', () => {
    const asking = (objective: string, ...stages: readonly string[]): string =>
      `${MINIMAL.replace('[cycles]', `[${objective}]`)}stages: [${stages.join(', ')}]\n`;

    it.each([
      ['accuracy', ['{ use: prune }'], []],
      ['loss', ['{ use: prune }'], ['ARCHON_UNKNOWN_METRIC loss']],
      ['accuracy', ['{ use: score }'], ['ARCHON_UNKNOWN_METRIC accuracy']],
      ['score', ['{ use: score }'], ['ARCHON_UNKNOWN_METRIC score']],
      ['score', ['{ use: score, options: { data: x } }'], []],
      ['score', ['{ use: score, axes: { data: ["", x] } }'], []],
      ['score', ['{ use: score, axes: { data: [""] } }'], ['ARCHON_UNKNOWN_METRIC score']],
      ['accuracy', ['{ use: score }', '{ use: prune }'], []],
    ])('%s with %j: %j', (objective, stages, expected) => {
      expect(problemsOf(asking(objective, ...stages))).toEqual(expected);
    });

    it('says which stage would report one, or what it lacks', () => {
      const first = (text: string) => diagnosticsOf(() => parseSweep(text, 'sweep.yaml', toyRegistry()))[0];
      expect(first(asking('accuracy'))).toMatchObject({
        message: 'no metric of this sweep is called "accuracy"',
        expected: 'one of: cycles, energyPj, areaUm2, edpPjCycles, macs, parameters, utilization',
        hint: 'The stage archon/prune would report it.',
      });
      expect(first(asking('acuracy', '{ use: prune }'))).toMatchObject({ hint: 'Did you mean "accuracy"?' });
      expect(first(asking('score', '{ use: score }'))).toMatchObject({
        message: 'no point has score: archon/score measures it only with the option data',
      });
    });

    it('takes any of a stage that does not say, and minimises it; accuracy is maximised', () => {
      const objectivesOf = (objective: string) =>
        parseSweep(asking(objective, '{ use: quiet }'), 'sweep.yaml', openRegistry()).objectives;
      expect(objectivesOf('top5')).toEqual([{ metric: 'top5', direction: 'minimize' }]);
      expect(objectivesOf('accuracy')).toEqual([{ metric: 'accuracy', direction: 'maximize' }]);
    });

    it.each(INHERITED)('but none called %s, which nobody can report', (name) => {
      expect(problemsOf(asking(JSON.stringify(name), '{ use: quiet }'), openRegistry())).toEqual([
        `ARCHON_UNKNOWN_METRIC "${name}"`,
      ]);
    });
  });
});
