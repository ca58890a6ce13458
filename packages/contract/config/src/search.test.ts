import { API_VERSION, defineStrategy, Registry, type Strategy } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import { toyRegistry } from '../../../../test/toy-registry.js';
import { parseSweep } from './sweep.js';
import { problemsOf } from './test-fixtures.js';

const walk = defineStrategy({
  ...{ name: 'walk', title: 'Walk', description: 'Walks.', source: 'made up' },
  options: {
    population: { type: 'integer', minimum: 4, default: 40, description: 'Points at a time.' },
    shift: { type: 'string', enum: ['seed', 'none'], default: 'seed', description: 'What shifts it.' },
  },
  create: (): Strategy<null> => ({ start: () => null, ask: () => [], tell: () => null }),
});
const all = defineStrategy({
  ...{ name: 'all', title: 'All', description: 'Asks for all.', source: 'made up', isExhaustive: true },
  options: {},
  create: (): Strategy<null> => ({ start: () => null, ask: () => [], tell: () => null }),
});
const meta = { name: 's', namespace: 's', version: '1.0.0', apiVersion: API_VERSION };
const registry = new Registry([...toyRegistry().plugins, { meta, strategies: [walk, all] }]);

const sweep = (search: string, entry = '{ use: archon/dense }') => `apiVersion: archon/v1
name: small
seed: 3
constants: { most: 256 }
networks: [{ use: mobilenet-v2 }]
accelerators:
  - ${entry}
objectives: [cycles]
${search === '' ? '' : `search: ${search}`}
`;
const BUDGET = 'budget: { points: 9 }';
const entryOf = (text: string) => parseSweep(text, 'sweep.yaml', registry).accelerators[0];
const problems = (search: string, entry?: string) => problemsOf(sweep(search, entry), registry);

describe('search', () => {
  it('has the options of its strategy beside it, defaults filled in, and the seed of the sweep', () => {
    const read = (text: string) => parseSweep(sweep(text), 'sweep.yaml', registry).search;
    const usual = { population: 40, shift: 'seed' };
    expect(read(`{ strategy: walk, ${BUDGET} }`)).toEqual({ strategy: 's/walk', options: usual, budget: { points: 9 }, seed: 3 }); // prettier-ignore
    expect(read(`{ strategy: s/walk, ${BUDGET}, population: 8, seed: 5 }`)).toMatchObject({ options: { population: 8 }, seed: 5 }); // prettier-ignore
    expect(read('')).toBeUndefined();
  });

  it('needs no budget by a strategy that asks for all points, and has that of all combinations then', () => {
    const read = (text: string, entry?: string) => parseSweep(sweep(text, entry), 'sweep.yaml', registry).search;
    const entry = '{ use: archon/dense, axes: { meshX: [4, 8, 16], glbKib: { from: 1, to: 1000, step: 1 } } }';
    expect(read('{ strategy: all }', entry)?.budget).toEqual({ points: 3000 });
    expect(read('{ strategy: all }')?.budget).toEqual({ points: 1 });
    expect(read(`{ strategy: all, ${BUDGET} }`, entry)?.budget).toEqual({ points: 9 });
    expect(problems('{ strategy: all, budget: {} }')).toEqual(['ARCHON_SWEEP_MISSING_KEY budget']);
  });

  it('says that a budget is missing as it says so of any key', () => {
    expect(diagnosticsOf(() => parseSweep(sweep('{ strategy: walk }'), 'sweep.yaml', registry))).toMatchObject([
      {
        ...{ code: 'ARCHON_SWEEP_MISSING_KEY', message: 'search lacks the key "budget"', path: 'search' },
        ...{ expected: 'at least: strategy, budget', location: { line: 9, column: 1, length: 6 } },
      },
    ]);
  });

  it('leaves ranges as they are, and expands them without', () => {
    const entry = '{ use: archon/dense, axes: { glbKib: { from: 1, to: 1000000, step: 1 } } }';
    expect(entryOf(sweep(`{ strategy: walk, ${BUDGET} }`, entry))?.axes).toEqual({ glbKib: { from: 1, step: 1, count: 1e6 } }); // prettier-ignore
    expect(problems('', entry)).toEqual(['ARCHON_SWEEP_BAD_RANGE { from: 1, to: 1000000, step: 1 }']);
  });

  it.each([
    [`{ strategy: wlak, ${BUDGET} }`, 'ARCHON_UNKNOWN_ID wlak'],
    [`{ ${BUDGET} }`, 'ARCHON_SWEEP_MISSING_KEY search'],
    ['{ strategy: walk }', 'ARCHON_SWEEP_MISSING_KEY search'],
    ['{ strategy: walk, budget: 500 }', 'ARCHON_SWEEP_WRONG_TYPE 500'],
    ['{ strategy: walk, budget: { points: 0 } }', 'ARCHON_SWEEP_BAD_VALUE 0'],
    ['{ strategy: walk, budget: { pionts: 5 } }', 'ARCHON_SWEEP_UNKNOWN_KEY pionts'],
    [`{ strategy: walk, ${BUDGET}, popluation: 8 }`, 'ARCHON_UNKNOWN_OPTION popluation'],
    [`{ strategy: walk, ${BUDGET}, population: 2 }`, 'ARCHON_BAD_OPTION 2'],
    [`{ strategy: walk, ${BUDGET}, shift: sed }`, 'ARCHON_BAD_OPTION sed'],
    [`{ strategy: walk, ${BUDGET}, seed: -1 }`, 'ARCHON_SWEEP_BAD_VALUE -1'],
    ['walk', 'ARCHON_SWEEP_WRONG_TYPE walk'],
  ])('%s is refused', (text, expected) => {
    expect(problems(text)).toContain(expected);
  });

  it('says what was meant', () => {
    const hints = (search: string) => diagnosticsOf(() => parseSweep(sweep(search), 'sweep.yaml', registry)).map(({ hint }) => hint); // prettier-ignore
    expect(hints(`{ strategy: wlak, ${BUDGET} }`)).toEqual(['Did you mean "walk"?']);
    expect(hints(`{ strategy: walk, ${BUDGET}, popluation: 8 }`)).toEqual(['Did you mean "population"?']);
    expect(hints(`{ strategy: walk, ${BUDGET}, sed: 8 }`)).toEqual(['Did you mean "seed"?']);
  });
});

describe('when', () => {
  const axes = (text: string) => `{ use: archon/dense, axes: { ${text} } }`;

  it('is kept beside the axes, and the option has its default or what is fixed', () => {
    const conditional = 'gating: [true, false], meshX: { values: [4, 8], when: { gating: true } }';
    expect(entryOf(sweep('', axes(conditional)))).toMatchObject({
      options: { meshX: 8 },
      axes: { gating: [true, false], meshX: [4, 8] },
      when: { meshX: { gating: [true] } },
    });
    const fixed = `{ use: archon/dense, options: { meshX: 2 }, axes: { ${conditional} } }`;
    expect(entryOf(sweep('', fixed))?.options['meshX']).toBe(2);
    const onRange = 'glbKib: { from: 1, to: 9, step: 1 }, meshX: { from: 1, to: 4, step: 1, when: { glbKib: [2, 3] } }';
    expect(entryOf(sweep('', axes(onRange)))?.when).toEqual({ meshX: { glbKib: [2, 3] } });
  });

  it.each([
    ['gating: [true, false], meshX: { values: [4, 8], when: { gatin: true } }', 'ARCHON_SWEEP_BAD_VALUE gatin'],
    ['meshX: { values: [4, 8], when: { gating: true } }, gating: [true, false]', 'ARCHON_SWEEP_BAD_VALUE gating'],
    ['glbKib: [1, 2], meshX: { values: [4, 8], when: { glbKib: 3 } }', 'ARCHON_SWEEP_BAD_VALUE 3'],
    ['glbKib: [1, 2], meshX: { values: [4, 8], when: { glbKib: [] } }', 'ARCHON_SWEEP_EMPTY glbKib'],
    ['glbKib: [1, 2], meshX: { values: [4, 8], when: {} }', 'ARCHON_SWEEP_EMPTY when'],
    ['glbKib: [1, 2], meshX: { when: { glbKib: 1 } }', 'ARCHON_SWEEP_MISSING_KEY meshX'],
  ])('%s is refused', (text, expected) => {
    expect(problems('', axes(text))).toContain(expected);
  });
});

describe('where', () => {
  const where = (text: string, axes = 'meshX: [2, 4], glbKib: [1, 2, 3]') =>
    `{ use: archon/dense, axes: { ${axes} }, where: ${text} }`;

  it('is a formula or a list of them, over options and constants', () => {
    expect(entryOf(sweep('', where('meshX * glbKib <= most')))?.where).toEqual(['meshX * glbKib <= most']);
    expect(entryOf(sweep('', where('[meshX > 2 or gating, not(glbKib == 2)]')))?.where).toHaveLength(2);
  });

  it.each([
    ['meshX * glbKib', 'ARCHON_SWEEP_BAD_VALUE meshX * glbKib'],
    ['meshX <= meshZ', 'ARCHON_UNKNOWN_OPTION meshZ'],
    ['meshX <', 'ARCHON_SWEEP_BAD_VALUE  '],
    ['meshX = 2', 'ARCHON_SWEEP_BAD_VALUE ='],
    ['1 < meshX < 3', 'ARCHON_SWEEP_BAD_VALUE <'],
    ['eval(meshX) > 1', 'ARCHON_SWEEP_BAD_VALUE eval'],
    ['meshX > 4', 'ARCHON_SWEEP_EMPTY meshX > 4'],
    ['meshX > most', 'ARCHON_SWEEP_EMPTY meshX > most'],
    ['[meshX > 2, glbKib > 1, meshX < 4]', 'ARCHON_SWEEP_EMPTY meshX < 4'],
    ['""', 'ARCHON_SWEEP_BAD_VALUE ""'],
    ['[]', 'ARCHON_SWEEP_EMPTY where'],
    ['3', 'ARCHON_SWEEP_WRONG_TYPE 3'],
  ])('%s is refused', (text, expected) => {
    const found = problems('', where(text));
    expect(found.map((one) => one.split(' ')[0])).toContain(expected.split(' ')[0]);
    expect(found).toContain(expected);
  });

  describe('of the sweep', () => {
    const across = (text: string, entry = '{ use: archon/dense, axes: { meshX: [2, 4] } }') =>
      `${sweep('', entry).replace('networks: [{ use: mobilenet-v2 }]', 'networks: [{ use: mobilenet-v2, axes: { width: [0.5, 1] } }]')}where: ${text}\n`;
    const found = (text: string, entry?: string) => problemsOf(across(text, entry), registry);
    const [width, meshX] = ['network.options.width', 'accelerator.options.meshX'];

    it('is a formula or a list of them, over options by their paths, and constants', () => {
      const text = `${width} * ${meshX} <= most`;
      expect(parseSweep(across(text), 'sweep.yaml', registry).where).toEqual([text]);
      expect(parseSweep(across(`[${text}, ${meshX} > 2]`), 'sweep.yaml', registry).where).toHaveLength(2);
      expect(parseSweep(sweep(''), 'sweep.yaml', registry)).not.toHaveProperty('where');
    });

    it.each([
      [`${width} * ${meshX}`, `ARCHON_SWEEP_BAD_VALUE ${width} * ${meshX}`],
      ['network.options.width < 1 <', 'ARCHON_SWEEP_BAD_VALUE <'],
      ['network.options.widht < 1', 'ARCHON_UNKNOWN_OPTION network.options.widht'],
      ['network.width < 1', 'ARCHON_UNKNOWN_OPTION network.width'],
      ['meshX < 1', 'ARCHON_UNKNOWN_OPTION meshX'],
      ['stages[0].options.density < 1', 'ARCHON_UNKNOWN_OPTION stages[0].options.density'],
      ['accelerator < 1', 'ARCHON_UNKNOWN_OPTION accelerator'],
      [`${width} * ${meshX} > 4`, `ARCHON_SWEEP_EMPTY ${width} * ${meshX} > 4`],
      [`[${meshX} > 2, ${width} < 1, ${width} * ${meshX} > 2]`, `ARCHON_SWEEP_EMPTY ${width} * ${meshX} > 2`],
      ['[]', 'ARCHON_SWEEP_EMPTY where'],
      ['3', 'ARCHON_SWEEP_WRONG_TYPE 3'],
    ])('%s is refused', (text, expected) => {
      expect(found(text)).toContain(expected);
    });

    it('is held against what the entries say, and believed where it asks nothing of some points', () => {
      const narrow = '{ use: archon/dense, axes: { meshX: [2, 4] }, where: meshX < 4 }';
      expect(found(`${width} * ${meshX} > 2`, narrow)).toEqual([`ARCHON_SWEEP_EMPTY ${width} * ${meshX} > 2`]);
      expect(
        diagnosticsOf(() => parseSweep(across(`${width} * ${meshX} > 2`, narrow), 'sweep.yaml', registry))[0]?.message,
      ).toBe(
        `where leaves no point: "${width} * ${meshX} > 2" holds for no values that keep what entries say under where`,
      );
      expect(
        found(`${width} * ${meshX} > 4`, '{ use: archon/dense, axes: { meshX: [2, 4] } }\n  - { use: grid }'),
      ).toEqual([]);
    });

    it('says what was meant', () => {
      const hintOf = (text: string) => diagnosticsOf(() => parseSweep(across(text), 'sweep.yaml', registry))[0]?.hint;
      expect(hintOf('network.width < 1')).toBe('Did you mean "network.options.width"?');
      expect(hintOf('network.options.widht < 1')).toBe('Did you mean "network.options.width"?');
    });
  });

  it('takes no option that is no number', () => {
    expect(problems('', '{ use: grid, where: pe > 1 }')).toEqual(['ARCHON_SWEEP_BAD_VALUE pe']);
    expect(problems('', '{ use: grid, where: pe.lanes > 1 }')).toEqual([]);
  });

  it('looks for a contradiction only among the axes it names, and believes long ranges', () => {
    const long = 'glbKib: { from: 1, to: 1000000, step: 1 }';
    expect(problems(`{ strategy: walk, ${BUDGET} }`, where('glbKib > 1000000', long))).toEqual([]);
    const one = 'meshX: [2, 4], glbKib: { from: 1, to: 1000000, step: 1 }';
    expect(problems(`{ strategy: walk, ${BUDGET} }`, where('meshX > 4', one))).toEqual([
      'ARCHON_SWEEP_EMPTY meshX > 4',
    ]);
  });
});
