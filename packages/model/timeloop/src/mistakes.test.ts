import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import type { TimeloopFile } from './input/sections.js';
import { prepareMapper, runModel } from './run.js';
import {
  COMPONENTS,
  CONSTRAINTS,
  ERT,
  EXPAND,
  file,
  MAPPER,
  MAPPING,
  MAPSPACE,
  NEST,
  PROJECT,
  TREE,
} from './test-fixtures.js';

const MODEL = [TREE, COMPONENTS, EXPAND, MAPPING];
const TASK = [TREE, COMPONENTS, PROJECT, CONSTRAINTS, MAPSPACE, MAPPER];

/** The files with a text of one of them changed; the text must be there. */
function changed(files: readonly TimeloopFile[], from: string, to: string): readonly TimeloopFile[] {
  const hit = files.find(({ text }) => text.includes(from));
  if (hit === undefined) throw new Error(`no file has ${from}`);
  return files.map((each) => (each === hit ? file(each.name, each.text.replace(from, to)) : each));
}

type Case = readonly [from: string, to: string, code: string, message: string, place: string | undefined];

const UNKNOWN = 'ARCHON_TIMELOOP_UNKNOWN_KEY';
const INVALID = 'ARCHON_TIMELOOP_INVALID';
const UNSUPPORTED = 'ARCHON_TIMELOOP_UNSUPPORTED';

const OF_MODEL: readonly Case[] = [
  ['architecture:\n', 'architectur:\n', UNKNOWN, 'the file has no key "architectur"', 'arch.yaml:1'],
  ['memory_depth: 13824', 'memory_dept: 13824', UNKNOWN, 'glb has no attribute memory_dept', 'arch.yaml:16'],
  ['factors: C=4 }', 'factor: C=4 }', UNKNOWN, 'mapping[8] has no key "factor"', 'map.yaml:10'],
  [
    'read-write: true',
    'read-rite: true',
    UNKNOWN,
    'problem.shape.data-spaces[2] has no key "read-rite"',
    'prob.yaml:10',
  ],
  ['target: psum, type: temporal', 'target: psm, type: temporal', INVALID, 'no level is called psm', 'map.yaml:12'],
  [
    'type: temporal, factors: M=24',
    'type: temporl, factors: M=24',
    INVALID,
    'temporl is no type of directive',
    'map.yaml:12',
  ],
  ['factors: M=24', 'factors: K=24', INVALID, 'K is no dimension of the problem', 'map.yaml:12'],
  ['factors: M=24', 'factors: M=24 =', INVALID, '"=" is no factor', 'map.yaml:12'],
  ['factors: M=24', 'factors: M<=24', INVALID, 'a mapping has the factor M<=24', 'map.yaml:12'],
  ['factors: M=24', "factors: 'M=24,3'", UNSUPPORTED, 'M=24,3 ends in a smaller last step', 'map.yaml:12'],
  ['factors: M=24', 'factors: M=24 M=2', INVALID, 'the factor of M is given twice', 'map.yaml:12'],
  ['permutation: QM, split', 'permutation: QQ, split', INVALID, 'Q stands twice in the permutation', 'map.yaml:5'],
  ['permutation: QM, split: 2', 'split: 2', INVALID, 'the order of the loops M, Q is not given', 'map.yaml:5'],
  ['keep: [Outputs]', 'keep: [Output]', INVALID, 'Output is no data space of the problem', 'map.yaml:11'],
  [
    'keep: [Outputs], bypass',
    'keep: [Weights, Outputs], bypass',
    INVALID,
    'whether psum keeps Weights is said twice',
    'map.yaml:11',
  ],
  [
    'factors: Q=8',
    'factors: Q=4',
    'ARCHON_NO_MAPPING',
    'the bounds of Q multiply to 16, the problem has 32',
    undefined,
  ],
  ['class: DRAM', 'class: DRUM', INVALID, 'nobody knows the class DRUM of dram', 'arch.yaml:6'],
  ['class: intmac', 'class: fpmac', UNSUPPORTED, 'no price is known for the class fpmac', 'arch.yaml:39'],
  ['class: intmac', 'class: adder', INVALID, 'no component does arithmetic', 'arch.yaml:25'],
  ['name: PE[0..71]', 'name: PE[0..70]', INVALID, 'meshX 8 make no mesh of 71 instances', 'arch.yaml:27'],
  ['meshX: 8 }', 'meshX: 3 }', INVALID, 'meshX 3 make no mesh of 8 instances', 'arch.yaml:21'],
  [
    'width: 64, block-size: 4',
    'width: 60, block-size: 4',
    INVALID,
    'dram: a width of 60 bit holds no whole number of blocks',
    'arch.yaml:6',
  ],
  [
    'block-size: 4, word-bits: 16',
    'block-size: 4, cluster-size: 2, word-bits: 16',
    UNSUPPORTED,
    'cluster_size of dram',
    'arch.yaml:6',
  ],
  [
    'width: log(memory_depth)',
    'datawidth: log(memory_dept)',
    INVALID,
    'the component cannot be priced',
    'components.yaml:11',
  ],
  [
    'class: SRAM\n',
    'class: smartbuffer_SRAM\n',
    INVALID,
    'the class smartbuffer_SRAM is made of itself',
    'components.yaml:7',
  ],
  [
    'name: cells, actions: [{ name: write',
    'name: cell, actions: [{ name: write',
    INVALID,
    'smartbuffer_SRAM has no part cell',
    'components.yaml:16',
  ],
  ['"C":16', '"C":0', INVALID, 'problem.instance.C is the number 0', 'prob.yaml:2'],
  ['"C":16,', '', INVALID, 'problem.instance has no C', 'prob.yaml:2'],
  ['"C":16', '"C":16,"densities":{"Weights":0.5}', UNSUPPORTED, 'densities below 1', 'prob.yaml:2'],
  ['[[M]], [[R]], [[S]]', '[[M]], [[R]], [[X]]', INVALID, '"X" is no dimension of the shape', 'prob.yaml:8'],
  ['mapping:\n', 'mapping: {{ include }}\n', UNSUPPORTED, 'a Jinja template stands here', 'map.yaml:1'],
];

const OF_MAPPER: readonly Case[] = [
  [
    'factors: N=1 M=1 C=1 P=1 Q=1 R=1 S=1 }\n  - { target: column',
    'factors: N=1 M=1 C=1 P=1 Q=1 R=1 S=1, no_reuse: [Inputs] }\n  - { target: column',
    UNSUPPORTED,
    'no_reuse: our model',
    'constraints.yaml:12',
  ],
  [
    'permutation: RSP CMNQ, factors: R=1',
    'permutation: RSP CMNQ, factors: R=1 P=1 S=1 C=3 R=2',
    INVALID,
    'the factor of R is given twice',
    'mapspace.yaml:5',
  ],
  [
    'factors: Q=1 R=1 S=1 P=0 }',
    'factors: Q=1 R=1 S=1 P=0 }\n  - { target: glb, type: temporal, factors: Q=2 }',
    INVALID,
    'the factor of Q at glb is given twice',
    'mapspace.yaml:5',
  ],
  [
    'permutation: QRSC PNM, factors: Q=1',
    'permutation: CPP, factors: Q=1',
    INVALID,
    'P stands twice',
    'mapspace.yaml:4',
  ],
  [
    'type: temporal, permutation: NMCPQRS, factors: N=1 M=1',
    'type: spatial, permutation: NMCPQRS, factors: N=1 M=2',
    INVALID,
    'ifmap feeds a single instance',
    'constraints.yaml:12',
  ],
  ['[delay, energy]', '[energy, edp]', UNSUPPORTED, 'our mapper has no objective energy,edp', 'mapper.yaml:1'],
  ['[delay, energy]', '[delai]', UNSUPPORTED, 'the metric delai', 'mapper.yaml:1'],
  ['num-threads: 8', 'num-thread: 8', UNKNOWN, 'mapper has no key "num-thread"', 'mapper.yaml:1'],
];

function check(run: () => unknown, [, , code, message, place]: Case): void {
  const [first] = diagnosticsOf(run);
  expect(first?.code).toBe(code);
  expect(first?.message).toContain(message);
  const { location } = first ?? {};
  if (place !== undefined) expect(`${location?.file ?? ''}:${String(location?.line)}`).toBe(place);
}

describe('mistakes in the files of a model', () => {
  it.each(OF_MODEL)('%j as %j', (...given) => {
    check(() => runModel(changed(MODEL, given[0], given[1])), given);
  });
});

describe('mistakes in the files of a mapper', () => {
  it.each(OF_MAPPER)('%j as %j', (...given) => {
    check(() => prepareMapper(changed(TASK, given[0], given[1])).run(), given);
  });
});

describe('constraints beside a mapping', () => {
  it('are met by the published one', () => {
    expect(runModel([TREE, COMPONENTS, EXPAND, NEST, CONSTRAINTS, MAPSPACE]).evaluation.cycles).toBe(24576);
  });

  it.each([
    ['permutation: RSP CMNQ, factors: R=1', 'factors: Q=4', 'Q is 8, not 4 at dram'],
    ['factors: N=1 C=1 R=1 S=1 P=1 Q=1', 'factors: M<=12', 'M is 24, not 12 or less at psum'],
    ['factors: N=1 P=1 Q=1 R=1 S=0', 'factors: M=1', 'M is 2 along Y, not 1 at column'],
    ['factors: N=1 C=1 P=1 R=1 S=1', 'factors: Q>=8', 'Q is 4 along X, not 8 or more at glb'],
    ['bypass: [Weights], keep: [Inputs, Outputs]', 'keep: [Inputs, Outputs, Weights]', 'glb has to keep Weights'],
  ])('%j as %j forbid it', (from, to, reason) => {
    const files = changed([TREE, COMPONENTS, EXPAND, NEST, CONSTRAINTS, MAPSPACE], from, to);
    expect(diagnosticsOf(() => runModel(files))[0]?.message).toBe(`the constraints forbid the mapping: ${reason}`);
  });

  it('forbid loops in another order', () => {
    const line = 'L5[WIO] Q4 - L4[IO] P32 Q2 M2X Q4X - L3[] Q1 M2Y C4Y - L2[I] Q1 - L1[W] C4 - L0[O] M24';
    const order = (permutation: string) => [
      file('order.yaml', `mapspace_constraints: [{ target: glb, type: temporal, permutation: ${permutation} }]\n`),
    ];
    const run = (permutation: string): unknown =>
      runModel([TREE, COMPONENTS, EXPAND, ...order(permutation)], { line: line });
    expect(diagnosticsOf(() => run('QPCMNRS'))).toEqual([]);
    expect(diagnosticsOf(() => run('PQCMNRS'))[0]?.message).toContain(
      'P is outside a loop that is to be outside it at glb',
    );
  });
});

it('says that a part of the files is for the other command', () => {
  const notes = runModel([TREE, COMPONENTS, EXPAND, MAPPING, MAPPER]).design.notes;
  expect(notes.map(({ message }) => message)).toEqual(['no effect of mapper: it is for the other command']);
});

describe('what files leave out', () => {
  it.each([
    ['a problem', [TREE, COMPONENTS, MAPPING], 'no file has a problem'],
    ['an architecture', [COMPONENTS, EXPAND, MAPPING], 'no file has an architecture'],
    ['a mapping', [TREE, COMPONENTS, EXPAND], 'the files have 0 mappings'],
  ])('%s', (_, files, message) => {
    expect(diagnosticsOf(() => runModel(files))[0]).toMatchObject({ code: INVALID, message });
  });

  it('a table of the ERT for a level that holds data, with what it may be called', () => {
    const files = changed([TREE, ERT, EXPAND, NEST], "PE[0..71].psum'", "PE[0..71].psums'");
    const [first] = diagnosticsOf(() => runModel(files));
    expect(first).toMatchObject({
      code: INVALID,
      message: 'the ERT has no table of psum',
      hint: 'Did you mean "psums"?',
    });
  });

  it('a value that a class asks for', () => {
    const files = changed([TREE, COMPONENTS, EXPAND, MAPPING], 'memory_depth: 8', 'memory_depth: must_specify');
    const [first] = diagnosticsOf(() => runModel(changed(files, 'memory_depth: 13824', 'depth: 13824')));
    expect(first?.message).toContain('must be given where the class is used');
  });
});

it('suggests the key that was meant, and tells several mistakes at once', () => {
  const files = changed(
    changed(MODEL, 'factors: C=4 }', 'factor: C=4 }'),
    'permutation: CM, split',
    'permutatio: CM, split',
  );
  const found = diagnosticsOf(() => runModel(files));
  expect(found.map(({ hint }) => hint)).toEqual(['Did you mean "permutation"?', 'Did you mean "factors"?']);
});
