import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../../test/diagnostics.js';
import type { TimeloopFile } from '../input/sections.js';
import { nestLine } from '../output/nest.js';
import { readMapperFiles } from '../read-files.js';
import { prepareMapper } from '../run.js';
import { file } from '../test-fixtures.js';

/** Two levels around a mesh of 4 x 2, and a matrix product of 8 x 6 x 12: rows N, columns M, and K to sum over. */
const ARCH = file(
  'arch.yaml',
  `architecture:
  version: 0.3
  subtree:
  - name: chip
    local:
    - { name: far, class: DRAM, attributes: { width: 16 } }
    - { name: near, class: storage, attributes: { entries: 64 } }
    subtree:
    - name: PE[0..7]
      local:
      - { name: spad, class: storage, attributes: { entries: 16, meshX: 4 } }
      - { name: mac, class: intmac, attributes: { datawidth: 16, meshX: 4 } }
ERT:
  version: 0.3
  tables:
${['far 200', 'near 6', 'spad 1', 'mac 1'].map((row) => `  - { name: ${row.split(' ')[0] ?? ''}, actions: [{ name: read, energy: ${row.split(' ')[1] ?? ''} }, { name: compute, energy: 1 }] }`).join('\n')}
`,
);
const PROBLEM = file(
  'prob.yaml',
  `problem:
  shape:
    dimensions: [N, M, K]
    data-spaces:
    - { name: A, projection: [[[N]], [[K]]] }
    - { name: B, projection: [[[M]], [[K]]] }
    - { name: Z, projection: [[[N]], [[M]]], read-write: true }
  instance: { N: 8, M: 6, K: 12 }
`,
);
const KEEP = ['near', 'spad']
  .map((target) => `- { target: ${target}, type: bypass, keep: [A, B, Z], bypass: [] }`)
  .join('\n');

const files = (targets: string, keep = KEEP): readonly TimeloopFile[] => [
  ARCH,
  PROBLEM,
  file('constraints.yaml', `mapspace_constraints:\n  targets:\n${`${keep}\n${targets}`.replaceAll(/^/gm, '  ')}\n`),
  file('mapper.yaml', 'mapper: { optimization-metrics: [delay, energy] }\n'),
];

const best = (targets: string, keep?: string): string => nestLine(prepareMapper(files(targets, keep)).run().report);
const read = (targets: string, keep?: string) => readMapperFiles(files(targets, keep)).constraints;
const refused = (targets: string): string => diagnosticsOf(() => prepareMapper(files(targets)).run())[0]?.message ?? '';

describe('constraints of factors', () => {
  it('are exact, at most, at least, or what is left over', () => {
    const [far, near] = read(
      '- { target: far, type: temporal, factors: N=2 M<=3 K>=4 }\n- { target: near, type: temporal, factors: K=0 }',
    );
    expect(far).toMatchObject({ temporal: { N: 2 }, most: { M: 3 }, least: { C: 4 } });
    expect(near).toMatchObject({ temporal: { C: 'rest' } });
  });

  it('hold in what is found', () => {
    const line = best(
      '- { target: far, type: temporal, factors: N>=4 K=1 }\n- { target: near, type: temporal, factors: M>=3 N=1 }',
    );
    expect(line).toMatch(/^L2\[ABZ\] [^-K]*N[48]/);
    expect(line).toMatch(/L1\[ABZ\] .*M[36](?!X)/);
    expect(best('')).not.toMatch(/^L2\[ABZ\] [^-]*N[48]/);
  });

  it('that leave no choice are exact, and those that say nothing are left out', () => {
    const [far] = read('- { target: far, type: temporal, factors: N<=1 M<=6 K>=1 }');
    expect(far).toMatchObject({ temporal: { N: 1 } });
    expect(far).not.toHaveProperty('most');
    expect(far).not.toHaveProperty('least');
  });

  it('may be given for all dimensions that are not named', () => {
    const [far, near, spad] = read(
      '- { target: far, type: temporal, factors: N=4, default_max_factor: 2 }\n- { target: near, type: temporal, factors_only: K=3 }\n- { target: spad, type: temporal, no_iteration_over_dataspaces: [Z] }',
    );
    expect(far).toMatchObject({ temporal: { N: 4 }, most: { M: 2, C: 2 } });
    expect(near).toMatchObject({ temporal: { N: 1, M: 1, C: 3 } });
    expect(spad).toMatchObject({ temporal: { N: 1, M: 1 } });
  });

  it.each([
    ['- { target: far, type: temporal, factors: N>=9 }', 'N>=9 at far is more than the 8 of the problem'],
    ['- { target: far, type: temporal, factors: N<1 }', 'N<=0 at far leaves no factor'],
    ['- { target: far, type: temporal, factors: N<=2 N<=4 }', 'the factor of N is given twice'],
    [
      '- { target: far, type: temporal, factors: N<=2 }\n- { target: far, type: temporal, factors: N<=4 }',
      'the factor of N at far is given twice, as 2 and as 4',
    ],
    ['- { target: near, type: spatial, factors: N=2 }', 'it is open which axis of the mesh at near takes N'],
    [
      '- { target: near, type: spatial, split: 1 }',
      'a split without a permutation leaves open which dimensions go along X',
    ],
    [
      '- { target: far, type: temporal, permutation: N }',
      'the permutation leaves the order of M, K open outside its loops',
    ],
    [
      '- { target: far, type: temporal, permutation: NMK }\n- { target: far, type: temporal, permutation: KMN }',
      'the permutation of far is given twice',
    ],
    ['- { target: spad, type: utilization, min: 2 }', 'a least parallelism of 2'],
    ['- { target: far, type: temporal, factors: N=8, remainders: 1 }', 'remainders: remainders need exact semantics'],
    ['- { target: far, type: skew }', 'directives of the type skew have no meaning in our model'],
    ['- { target: 7, type: temporal }', 'there is no level 7'],
  ])('%s is refused', (targets, message) => {
    expect(refused(targets)).toContain(message);
  });
});

describe('constraints of order and place', () => {
  it('are read inner to outer, those behind an underscore outside all others', () => {
    expect(read('- { target: far, type: temporal, permutation: KMN }')[0]?.order).toEqual(['N', 'M', 'C']);
    expect(read('- { target: far, type: temporal, permutation: K_MN }')[0]?.order).toEqual(['N', 'M', 'C']);
    expect(read('- { target: far, type: temporal, permutation: _N }')[0]?.order).toEqual(['N']);
    expect(read('- { target: far, type: temporal, permutation: N, factors: M=1 }')[0]?.order).toEqual(['C', 'N']);
    expect(read('- { target: 2, type: temporal, permutation: [K, M, N] }')[0]?.order).toEqual(['N', 'M', 'C']);
  });

  it('put the first dimensions of a split along X, the others along Y', () => {
    const [, near] = read('- { target: near, type: spatial, permutation: KNM, split: 2, factors: N=4 }');
    expect(near).toMatchObject({ spatialX: { dims: ['C'], fixed: { N: 4 } }, spatialY: { dims: ['M'], fixed: {} } });
    expect(read('')[1]).toMatchObject({ spatialX: { dims: ['N', 'M', 'C'] }, spatialY: { dims: ['N', 'M', 'C'] } });
  });

  it('without a level that spreads, allow no loops there', () => {
    expect(refused('- { target: far, type: spatial, factors: N=2 }')).toBe(
      'far feeds a single instance: no loop can be spread there',
    );
    expect(read('- { target: far, type: spatial, factors: N=1 }')[0]).not.toHaveProperty('spatialX');
  });
});

describe('constraints that have names', () => {
  const named = (name: string) => [
    ...files('').filter((each) => each.name !== 'constraints.yaml'),
    file(
      'mapspace.yaml',
      `mapspace:\n  constraints: ${name}\n  constraints_one: [{ target: far, type: temporal, factors: N4 }]\n  constraints_two: [{ target: far, type: temporal, factors: N2 }]\n`,
    ),
  ];

  it('are those that are asked for', () => {
    expect(readMapperFiles(named('two')).constraints[0]?.temporal).toEqual({ N: 2 });
    expect(diagnosticsOf(() => readMapperFiles(named('tow')))[0]).toMatchObject({
      message: 'no constraints are called tow',
      hint: 'Did you mean "two"?',
    });
  });
});

describe('data that levels may keep', () => {
  it('are chosen by the mapper where nothing says', () => {
    const [far, near, spad] = read('', '- { target: near, type: bypass, keep: [A], bypass: [B] }');
    expect(far).not.toHaveProperty('mayBypass');
    expect(near?.mayBypass).toEqual(['Outputs']);
    expect(spad?.mayBypass).toEqual(['Weights', 'Inputs', 'Outputs']);
    const free = prepareMapper(files('', '')).run().report.evaluation;
    const all = prepareMapper(files('')).run().report.evaluation;
    expect(free.cycles).toBe(all.cycles);
    expect(free.energyPj).toBeLessThan(all.energyPj);
  });

  it('the outermost level keeps', () => {
    expect(refused('- { target: far, type: bypass, bypass: [A] }')).toBe(
      'A is not kept by the outermost level, where all data come from',
    );
  });
});

describe('a least parallelism', () => {
  it('is met by the best mapping, or refused', () => {
    const none = '- { target: near, type: spatial, permutation: NMK, split: 3, factors: N=1 M=1 }';
    expect(best(`${none}\n- { target: spad, type: utilization, min: 0.5 }`)).toContain('K4X');
    expect(refused(`${none}\n- { target: spad, type: parallelism, min: 0.75 }`)).toBe(
      'the best mapping uses 4 of 8, less than a share of 0.75, and the search cannot ask for more',
    );
  });
});
