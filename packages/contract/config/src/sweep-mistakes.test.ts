import { describe, expect, it } from 'vitest';
import { INHERITED, MINIMAL, problemsOf } from './test-fixtures.js';

describe('parseSweep', () => {
  const NETWORK = 'networks: [{ use: mobilenet-v2 }]';
  it.each([
    ['apiVersion: archon/v1', 'apiVersion: 1', 'ARCHON_SWEEP_WRONG_TYPE 1'],
    ['apiVersion: archon/v1', 'apiVersion: archon/v2', 'ARCHON_SWEEP_BAD_VALUE archon/v2'],
    ['apiVersion: archon/v1', 'apiVersion: ""', 'ARCHON_SWEEP_BAD_VALUE ""'],
    ['name: small', 'name: a/b', 'ARCHON_SWEEP_BAD_VALUE a/b'],
    ['name: small', 'name: ""', 'ARCHON_SWEEP_BAD_VALUE ""'],
    ['name: small', 'name: [x]', 'ARCHON_SWEEP_WRONG_TYPE [x]'],
    ['name: small', 'name: x\nplugins: a', 'ARCHON_SWEEP_WRONG_TYPE a'],
    ['name: small', 'name: x\nplugins: [a, b, a]', 'ARCHON_SWEEP_DUPLICATE_VALUE a'],
    ['name: small', 'name: x\nplugins: [""]', 'ARCHON_SWEEP_BAD_VALUE ""'],
    ['name: small', 'name: x\nseed: -1', 'ARCHON_SWEEP_BAD_VALUE -1'],
    ['name: small', 'name: x\nseed: 4294967296', 'ARCHON_SWEEP_BAD_VALUE 4294967296'],
    ['name: small', 'name: x\nseed: 0.5', 'ARCHON_SWEEP_BAD_VALUE 0.5'],
    ['name: small', 'name: x\nstages:', 'ARCHON_SWEEP_WRONG_TYPE stages'],
    ['name: small', 'name: x\nnmae: y', 'ARCHON_SWEEP_UNKNOWN_KEY nmae'],
    ['name: small', 'name: x\nexecutor: { kind: cloud }', 'ARCHON_SWEEP_BAD_VALUE cloud'],
    ['name: small', 'name: x\nexecutor: { kind: "" }', 'ARCHON_SWEEP_BAD_VALUE ""'],
    ['name: small', 'name: x\ngroupBy: ""', 'ARCHON_SWEEP_BAD_VALUE ""'],
    ['name: small', 'name: x\nstages: [{ use: "" }]', 'ARCHON_UNKNOWN_ID ""'],
    ['name: small', 'name: x\nexecutor: { workers: 2 }', 'ARCHON_SWEEP_MISSING_KEY executor'],
    ['name: small', 'name: x\nexecutor: { kind: serial, workers: 2 }', 'ARCHON_SWEEP_BAD_VALUE 2'],
    ['name: small', 'name: x\nexecutor: { kind: workerpool, workers: 0 }', 'ARCHON_SWEEP_BAD_VALUE 0'],
    ['name: small', 'name: x\nexecutor: { kind: serial, timeoutS: 2 }', 'ARCHON_SWEEP_BAD_VALUE 2'],
    ['name: small', 'name: x\nexecutor: { kind: workerpool, timeoutS: 0 }', 'ARCHON_SWEEP_BAD_VALUE 0'],
    ['name: small', 'name: x\nexecutor: { kind: workerpool, timeoutS: 2000000 }', 'ARCHON_SWEEP_BAD_VALUE 2000000'],
    ['name: small', 'name: x\nconstraints: [{ metric: cycles }]', 'ARCHON_SWEEP_MISSING_KEY { metric: cycles }'],
    ['name: small', 'name: x\nconstraints: [{ metric: cycles, min: 2, max: 1 }]', 'ARCHON_SWEEP_BAD_VALUE 1'],
    [
      'name: small',
      'name: x\nconstraints: [{ metric: cycles, min: 3 }, { metric: cycles, max: 9 }, { metric: cycles, max: 2 }]',
      'ARCHON_SWEEP_BAD_VALUE 2',
    ],
    [
      'name: small',
      'name: x\nconstraints: [{ metric: cycles, max: 4 }, { metric: cycles, max: 9 }, { metric: cycles, min: 5 }]',
      'ARCHON_SWEEP_BAD_VALUE 5',
    ],
    ['name: small', 'name: x\nconstraints: [{ metric: energyPj, max: 0 }]', 'ARCHON_SWEEP_BAD_VALUE 0'],
    ['name: small', 'name: x\nconstraints: [{ metric: parameters, max: -1 }]', 'ARCHON_SWEEP_BAD_VALUE -1'],
    ['name: small', 'name: x\nconstraints: [{ metric: utilization, min: 1.5 }]', 'ARCHON_SWEEP_BAD_VALUE 1.5'],
    ['name: small', 'name: x\nconstraints: [{ metric: accuracy, min: 0.9 }]', 'ARCHON_UNKNOWN_METRIC accuracy'],
    [
      'name: small',
      'name: x\nreferences: [{ metric: cycls, value: 1, label: a, source: b }]',
      'ARCHON_UNKNOWN_METRIC cycls',
    ],
    [
      'name: small',
      'name: x\nreferences: [{ metric: cycles, value: a, label: a, source: b }]',
      'ARCHON_SWEEP_WRONG_TYPE a',
    ],
    [
      'name: small',
      'name: x\nreferences: [{ metric: cycles, value: 1, label: a, source: "" }]',
      'ARCHON_SWEEP_BAD_VALUE ""',
    ],
    [
      'name: small',
      'name: x\nreferences: [{ metric: cycles, value: 1, label: a }]',
      'ARCHON_SWEEP_MISSING_KEY { metric: cycles, value: 1, label: a }',
    ],
    ['name: small', 'name: x\ngroupBy: networks', 'ARCHON_SWEEP_BAD_VALUE networks'],
    ['name: small', 'name: x\ngroupBy: network.options.widht', 'ARCHON_UNKNOWN_OPTION network.options.widht'],
    ['name: small', 'name: x\ngroupBy: stages[0].options.a', 'ARCHON_SWEEP_BAD_VALUE stages[0].options.a'],
    ['name: small', 'name: x\ngroupBy: stages[0]', 'ARCHON_SWEEP_BAD_VALUE stages[0]'],
    ['name: small\n', '', 'ARCHON_SWEEP_MISSING_KEY apiVersion'],
    [NETWORK, 'networks: []', 'ARCHON_SWEEP_EMPTY networks'],
    [NETWORK, 'networks: [mobilenet-v2]', 'ARCHON_SWEEP_WRONG_TYPE mobilenet-v2'],
    [NETWORK, 'networks: [{ use: 3 }]', 'ARCHON_SWEEP_WRONG_TYPE 3'],
    [NETWORK, 'networks: [{ use: dense }]', 'ARCHON_UNKNOWN_ID dense'],
    [NETWORK, 'networks: [{ options: {} }]', 'ARCHON_SWEEP_MISSING_KEY { options: {} }'],
    [NETWORK, 'networks: [{ use: mobilenet-v2, options: [] }]', 'ARCHON_SWEEP_WRONG_TYPE []'],
    [NETWORK, 'networks: [{ use: mobilenet-v2, options: { toString: 1 } }]', 'ARCHON_UNKNOWN_OPTION toString'],
    [NETWORK, 'networks: [{ use: mobilenet-v2, axes: { widht: [1] } }]', 'ARCHON_UNKNOWN_OPTION widht'],
    [NETWORK, 'networks: [{ use: mobilenet-v2, axes: { width: [1, 3] } }]', 'ARCHON_BAD_OPTION 3'],
    [NETWORK, 'networks: [{ use: mobilenet-v2, axes: { width: [] } }]', 'ARCHON_SWEEP_EMPTY width'],
    [
      NETWORK,
      'networks: [{ use: mobilenet-v2, axes: { width: { from: 1, to: 4, step: 1 } } }]',
      'ARCHON_BAD_OPTION { from: 1, to: 4, step: 1 }',
    ],
    [
      NETWORK,
      'networks: [{ use: mobilenet-v2, options: { width: 1 }, axes: { width: [2] } }]',
      'ARCHON_SWEEP_OPTION_TWICE width',
    ],
    ['[{ use: dense }]', '[{ use: systolic }]', 'ARCHON_AMBIGUOUS_ID systolic'],
    ['[{ use: dense }]', '[{ use: dense, options: { meshX: 4.5 } }]', 'ARCHON_BAD_OPTION 4.5'],
    ['[cycles]', '[cylces]', 'ARCHON_UNKNOWN_METRIC cylces'],
    ['[cycles]', '[{ metric: cycles }, cycles]', 'ARCHON_SWEEP_DUPLICATE_VALUE cycles'],
    ['[cycles]', '[{ metric: cycles, direction: down }]', 'ARCHON_SWEEP_BAD_VALUE down'],
    ['[cycles]', '[{ metric: cycles, direction: "" }]', 'ARCHON_SWEEP_BAD_VALUE ""'],
    ['[cycles]', '[""]', 'ARCHON_UNKNOWN_METRIC ""'],
    ['[cycles]', '[accuracy]', 'ARCHON_UNKNOWN_METRIC accuracy'],
    ['[cycles]', '[toString]', 'ARCHON_UNKNOWN_METRIC toString'],
    ['[cycles]', '[]', 'ARCHON_SWEEP_EMPTY objectives'],
  ])('replacing %j by %j is refused with %s', (from, to, expected) => {
    expect(MINIMAL).toContain(from);
    expect(problemsOf(MINIMAL.replace(from, to))).toEqual([expected]);
  });

  it('points inside the value of an option', () => {
    const stages = 'stages: [{ use: prune, options: { skipLayers: [a, 7] } }]\n';
    expect(problemsOf(MINIMAL + stages)).toEqual(['ARCHON_BAD_OPTION 7']);
  });

  it.each([
    ['options: { pe: { lanes: 40 } }', 'ARCHON_BAD_OPTION 40'],
    ['options: { pe: { laens: 4 } }', 'ARCHON_UNKNOWN_OPTION laens'],
    ['axes: { pe.lanes: [1, 40] }', 'ARCHON_BAD_OPTION 40'],
    ['axes: { pe.laens: [1] }', 'ARCHON_UNKNOWN_OPTION pe.laens'],
    ['axes: { pe: [{ bits: 8 }, { bits: x }] }', 'ARCHON_BAD_OPTION x'],
    ['options: { pe: { lanes: 4 } }, axes: { pe.lanes: [1] }', 'ARCHON_SWEEP_OPTION_TWICE pe.lanes'],
    ['axes: { pe: [{}], pe.lanes: [1] }', 'ARCHON_SWEEP_OPTION_TWICE pe.lanes'],
  ])('points inside a map: %s', (entry, expected) => {
    expect(problemsOf(MINIMAL.replace('{ use: dense }', `{ use: grid, ${entry} }`))).toEqual([expected]);
  });

  it('allows values that just keep the bounds', () => {
    const bounds =
      '[{ metric: utilization, min: 1 }, { metric: parameters, max: 0 }, { metric: cycles, min: 2, max: 2 }]';
    expect(problemsOf(`${MINIMAL}constraints: ${bounds}\n`)).toEqual([]);
  });

  describe.each(INHERITED)('does not find %s where nobody wrote it', (name) => {
    it.each([
      [`${JSON.stringify(name)}: 1\n`, MINIMAL],
      ['', MINIMAL.replace('{ use: mobilenet-v2 }', `{ use: mobilenet-v2, ${JSON.stringify(name)}: 1 }`)],
      ['', MINIMAL.replace('{ use: dense }', `{ use: dense, options: { ${JSON.stringify(name)}: 1 } }`)],
      ['', MINIMAL.replace('{ use: dense }', `{ use: dense, axes: { ${JSON.stringify(name)}: [1, 2] } }`)],
      ['', MINIMAL.replace('dense', JSON.stringify(name))],
      [`groupBy: network.options.${name}\n`, MINIMAL],
      [`executor: { kind: ${JSON.stringify(name)} }\n`, MINIMAL],
    ])('as %j in %j', (more, text) => {
      expect(problemsOf(text + more)).toEqual([expect.stringMatching(/^ARCHON_(SWEEP_)?(UNKNOWN|BAD)_/)]);
    });
  });

  it('groups by an option only when all candidates have it', () => {
    const two = MINIMAL.replace('[{ use: mobilenet-v2 }]', '[{ use: mobilenet-v2 }, { use: shufflenet }]');
    expect(problemsOf(`${two}groupBy: network.options.dataset\n`)).toEqual([]);
    expect(problemsOf(`${two}groupBy: network.options.width\n`)).toEqual([
      'ARCHON_UNKNOWN_OPTION network.options.width',
    ]);
  });

  it('points at the text of an anchor for what is wrong inside it', () => {
    const text = `apiVersion: archon/v1
name: small
networks:
  - use: mobilenet-v2
    axes: { width: &w [1, 9] }
  - use: mobilenet-v2
    options: { variant: modified }
    axes: { width: *w }
accelerators: [{ use: dense }]
objectives: [cycles]
`;
    expect(problemsOf(text)).toEqual(['ARCHON_BAD_OPTION 9', 'ARCHON_BAD_OPTION 9']);
  });

  it('reports everything at once, by line, 20 at most', () => {
    const options = Array.from({ length: 30 }, (_, i) => `      wrong${String(i)}: 1`).join('\n');
    const found = problemsOf(
      MINIMAL.replace('name: small', 'name: small\nsede: 1').replace(
        '[{ use: dense }]',
        `\n  - use: dense\n    options:\n${options}`,
      ),
    );
    expect(found).toHaveLength(20);
    expect(found.slice(0, 3)).toEqual([
      'ARCHON_SWEEP_UNKNOWN_KEY sede',
      'ARCHON_UNKNOWN_OPTION wrong0',
      'ARCHON_UNKNOWN_OPTION wrong1',
    ]);
  });

  it.each(['', '# nothing\n', '---\n', 'null'])('refuses the empty file %j', (text) => {
    expect(problemsOf(text)[0]).toContain('ARCHON_SWEEP_EMPTY');
  });
});
