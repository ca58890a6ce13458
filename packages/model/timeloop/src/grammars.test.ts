import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import { resultOf } from './output/result.js';
import { prepareMapper, runModel } from './run.js';
import { COMPONENTS, ERT, EXPAND, file, MAPPING, NEST, NODES, TREE, VARIABLES } from './test-fixtures.js';

const published = resultOf(runModel([TREE, COMPONENTS, EXPAND, MAPPING]));
/** What the register of a column takes, which grammars without it leave out. */
const COLUMNS_UM2 = 8 * 235.68;

/** The mapping for containers: `column` and `PE` spread, and stand for no storage. */
const CONTAINED = file(
  'map.yaml',
  MAPPING.text
    .replace('target: glb, type: spatial', 'target: column, type: spatial')
    .replace('- { target: column, type: bypass, bypass: [Weights, Inputs, Outputs] }\n', '')
    .replace('target: column, type: spatial, factors: { M', 'target: PE, type: spatial, factors: { M'),
);

/** Lists as they were before trees, innermost first. */
const FLAT = file(
  'arch.yaml',
  `arch:
  arithmetic: { instances: 72, meshX: 8, word-bits: 16, name: mac }
  storage:
  - { name: psum, entries: 24, instances: 72, meshX: 8, word-bits: 16, read-bandwidth: 2, write-bandwidth: 2 }
  - { name: weights, entries: 224, instances: 72, meshX: 8, word-bits: 16, bandwidth: 4 }
  - { name: ifmap, entries: 16, instances: 72, meshX: 8, word-bits: 16, bandwidth: 4 }
  - { name: column, entries: 16, instances: 8, meshX: 8, word-bits: 16 }
  - { name: glb, sizeKB: 108, instances: 1, word-bits: 16, block-size: 4, bandwidth: 64 }
  - { name: dram, technology: DRAM, instances: 1, word-bits: 16, block-size: 4 }
`,
);

describe('one design in every grammar', () => {
  it('as nodes of v0.4, with expressions of variables', () => {
    const { report, ...result } = withReport([NODES, VARIABLES, COMPONENTS, EXPAND, CONTAINED]);
    expect({ ...result, areaUm2: result.areaUm2 + COLUMNS_UM2 }).toEqual({
      ...published,
      areaUm2: expect.closeTo(published.areaUm2, 3) as number,
    });
    expect(report.levels.map(({ name, placed }) => [name, placed.instances])).toEqual([
      ['dram', 1],
      ['glb', 1],
      ['column', 1],
      ['PE', 8],
      ['ifmap', 72],
      ['weights', 72],
      ['psum', 72],
    ]);
  });

  it('as one node whose components say their instances, one of them without room', () => {
    const text = FLAT.text
      .replace('arch:\n', 'architecture:\n  version: 0.2\n  subtree:\n  - name: chip\n    local:\n')
      .replace(/ {2}storage:\n/, '')
      .replace(/^.*arithmetic: (.*), name: mac }\n/m, '')
      .replaceAll(
        /^ {2}- \{ name: (\w+), (technology: DRAM, )?(.*)/gm,
        '    - { name: $1, class: storage, attributes: { $3 }',
      )
      .replace('entries: 16, instances: 8', 'entries: 0, instances: 8')
      .replaceAll('word-bits', 'word_bits');
    const [head, ...levels] = text.split(/(?=^ {4}- )/m);
    const wire = '    - { name: bus, class: wire }\n';
    const mac = '    - { name: mac, class: intmac, attributes: { instances: 72, meshX: 8, word-bits: 16 } }\n';
    const tree = file('arch.yaml', [head, wire, ...levels.reverse(), mac].join(''));
    const { report, ...result } = withReport([tree, ERT, EXPAND, NEST]);
    expect(result.levels).toEqual(published.levels);
    expect(result.energyPj).toBeCloseTo(published.energyPj, 3);
    expect(report.levels.map(({ placed }) => placed.instances)).toEqual([1, 1, 8, 72, 72, 72]);
    expect(report.design.notes[0]?.message).toContain('bus of class wire is no storage');
  });

  it('as the lists before trees', () => {
    const { report, ...result } = withReport([FLAT, ERT, EXPAND, NEST]);
    const { areaUm2, ...expected } = published;
    expect({ ...result, areaUm2 }).toEqual({ ...expected, areaUm2 });
    expect(report.levels.map(({ placed }) => placed.storage?.sizeWords)).toEqual([undefined, 55296, 16, 16, 224, 24]);
  });
});

function withReport(files: Parameters<typeof runModel>[0]) {
  const report = runModel(files);
  return { ...resultOf(report), report };
}

describe('constraints inside the nodes of v0.4', () => {
  const kept = ['Inputs', 'Weights', 'Outputs'];
  const constrained = kept.reduce(
    (text, space, index) =>
      text.replace(
        new RegExp(`(name: ${['ifmap', 'weights', 'psum'][index] ?? ''}\\n)`),
        `$1      constraints: { dataspace: { keep_only: [${space}] }, temporal: { factors_only: [${index === 0 ? '' : 'C=4, M=24'}] } }\n`,
      ),
    NODES.text
      .replace(
        'spatial: { meshX: 8 } }',
        'spatial: { meshX: 8 }, constraints: { spatial: { permutation: [Q, M, N, C, P, R, S], factors: [N=1, C=1, P=1, R=1, S=1], split: 999 } } }',
      )
      .replace(
        'spatial: { meshY: 9 } }',
        'spatial: { meshY: 9 }, constraints: { spatial: { factors_only: [C=4, M=2], split: 0 } } }',
      ),
  );
  const task = [file('arch.yaml', constrained), VARIABLES, COMPONENTS, EXPAND];

  it('are honoured: the factors of psum and weights are theirs', () => {
    const contradictory = diagnosticsOf(() => prepareMapper(task).run());
    expect(contradictory[0]).toMatchObject({
      code: 'ARCHON_NO_MAPPING',
      message: expect.stringContaining('the given factors of') as string,
    });
    const weights = constrained
      .replace(/(name: weights\n.*)C=4, M=24/, '$1C=4')
      .replace(/(name: psum\n.*)C=4, M=24/, '$1M=24');
    const { report } = prepareMapper([file('arch.yaml', weights), VARIABLES, COMPONENTS, EXPAND]).run();
    expect(report.evaluation.cycles).toBe(published.cycles);
    expect(report.levels.slice(-3).map(({ loops }) => loops.map(({ dim, bound }) => `${dim}${bound}`).join())).toEqual([
      '',
      'C4',
      'M24',
    ]);
  });
});
