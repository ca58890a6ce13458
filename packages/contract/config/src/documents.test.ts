import { API_VERSION, definePlugin, Registry } from '@archon-dse/core';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import { toyRegistry } from '../../../../test/toy-registry.js';
import { placeInDocument, readOptionDocument } from './document-option.js';
import type { DocumentText } from './documents.js';
import { throwMistakes } from './option-mistakes.js';
import { sweepSchema } from './schema.js';
import { parseSweep } from './sweep.js';

const level = {
  type: 'object',
  required: ['name', 'words'],
  properties: {
    name: { type: 'string', description: 'Name.' },
    words: { type: 'integer', minimum: 1, description: 'Size.' },
    ports: { type: 'integer', default: 1, description: 'Ports.' },
  },
} as const;
const small = { levels: [{ name: 'ram', words: 8 }] };
const mapped = {
  meta: {
    ...{ name: 'mapped', title: 'Mapped', description: 'Its hardware is a document.', source: 'none' },
    options: {
      array: {
        type: 'object',
        document: true,
        named: { small },
        default: small,
        description: 'Hardware.',
        properties: { levels: { type: 'array', items: level, description: 'Levels.' } },
      } as const,
    },
  },
  create: () => {
    throw new Error('does not run');
  },
};
const registry = new Registry([
  ...toyRegistry().plugins,
  definePlugin({
    meta: { name: 'dse-plugin-mapped', namespace: 'mapped', version: '1.0.0', apiVersion: API_VERSION },
    accelerators: [mapped],
  }),
]);

const FILES: Readonly<Record<string, string>> = {
  './two.yaml': 'levels:\n  - { name: ram, words: 64 }\n  - { name: spad, words: 4, ports: 2 }\n',
  './one.json': '{ "levels": [{ "name": "ram", "words": 16 }] }',
  './wrong.yaml': 'levels:\n  - name: ram\n    words: 0\n    prots: 2\n',
  './text.yaml': 'levels: [',
  './empty.yaml': '',
};
const read = (path: string): DocumentText | undefined => {
  const text = FILES[path];
  return text === undefined ? undefined : { file: path, text };
};

const textOf = (entry: string, rest = '') =>
  `apiVersion: archon/v1\nname: x\nnetworks: [{ use: shufflenet }]\naccelerators:\n  - use: mapped\n    ${entry}\nobjectives: [cycles]\n${rest}`;
const parse = (entry: string, rest?: string) => parseSweep(textOf(entry, rest), 'sweep.yaml', registry, read);
const problemsOf = (entry: string, rest?: string) =>
  diagnosticsOf(() => parse(entry, rest)).map(({ code, location, message }) => {
    return [code, `${location?.file}:${location?.line}:${location?.column}`, message];
  });

describe('an option that is a document', () => {
  it.each([
    [
      'a file of YAML',
      './two.yaml',
      [
        { name: 'ram', words: 64, ports: 1 },
        { name: 'spad', words: 4, ports: 2 },
      ],
    ],
    ['a file of JSON', './one.json', [{ name: 'ram', words: 16, ports: 1 }]],
    ['a name', 'small', [{ name: 'ram', words: 8, ports: 1 }]],
    ['its content', '{ levels: [{ name: a, words: 2 }] }', [{ name: 'a', words: 2, ports: 1 }]],
  ])('is given as %s, and is data to all that follows', (_, given, levels) => {
    expect(parse(`options: { array: ${given} }`).accelerators[0]?.options).toEqual({ array: { levels } });
  });

  it('varies as a whole, by its members, and in a second step', () => {
    const whole = parse('axes: { array: [small, ./one.json] }').accelerators[0];
    expect(whole?.axes['array']).toEqual([
      { levels: [{ name: 'ram', words: 8, ports: 1 }] },
      { levels: [{ name: 'ram', words: 16, ports: 1 }] },
    ]);
    const members = parse('options: { array: ./two.yaml }\n    axes: { array.levels.spad.words: [2, 4] }');
    expect(members.accelerators[0]?.axes).toEqual({ 'array.levels.spad.words': [2, 4] });
    const { refine } = parse('options: {}', 'refine: { top: front, set: { accelerator.options.array: ./one.json } }\n');
    expect(refine?.set).toEqual({ 'accelerator.options.array': { levels: [{ name: 'ram', words: 16 }] } });
  });

  it.each([
    [
      'mistakes in the file',
      'options: { array: ./wrong.yaml }',
      [
        ['ARCHON_BAD_OPTION', './wrong.yaml:3:12', 'mapped cannot have array.levels[0].words: 0'],
        ['ARCHON_UNKNOWN_OPTION', './wrong.yaml:4:5', 'array.levels[0] of mapped has no member "prots"'],
      ],
    ],
    [
      'its syntax',
      'options: { array: ./text.yaml }',
      [['ARCHON_YAML_SYNTAX', './text.yaml:1:10', expect.stringContaining('Flow sequence')]],
    ],
    [
      'an empty file',
      'options: { array: ./empty.yaml }',
      [['ARCHON_BAD_OPTION', './empty.yaml:1:1', 'mapped cannot have array: null']],
    ],
    [
      'no such file',
      'options: { array: smal }',
      [['ARCHON_FILE_NOT_FOUND', 'sweep.yaml:6:23', 'there is no file "smal"']],
    ],
    [
      'a level that there is not',
      'axes: { array.levels.rma.words: [2] }',
      [['ARCHON_UNKNOWN_OPTION', 'sweep.yaml:6:13', 'mapped has no option "array.levels.rma.words"']],
    ],
    [
      'a member that there is not',
      'axes: { array.levels.ram.wrods: [2] }',
      [['ARCHON_UNKNOWN_OPTION', 'sweep.yaml:6:13', 'mapped has no option "array.levels.ram.wrods"']],
    ],
    [
      'a value of a member',
      'axes: { array.levels.ram.words: [2, 0] }',
      [['ARCHON_BAD_OPTION', 'sweep.yaml:6:41', 'mapped cannot have array.levels.ram.words: 0']],
    ],
  ])('locates %s', (_, entry, problems) => {
    expect(problemsOf(entry)).toEqual(problems);
  });

  it('suggests names, levels and members', () => {
    const hintsOf = (entry: string) => diagnosticsOf(() => parse(entry)).map(({ hint }) => hint);
    expect(hintsOf('options: { array: smal }')).toEqual(['Did you mean "small"?']);
    expect(hintsOf('axes: { array.levels.rma.words: [2] }')).toEqual(['Did you mean "array.levels.ram.words"?']);
    expect(hintsOf('axes: { array.levels.ram.wrods: [2] }')).toEqual(['Did you mean "array.levels.ram.words"?']);
  });

  it.each([
    ['options: { array: ./two.yaml }', 'array.levels.spad.words', 4, './two.yaml:3:26'],
    ['axes: { array: [small, ./two.yaml] }', 'array.levels.spad.words', 4, './two.yaml:3:26'],
    ['options: { array: ./two.yaml }', 'array.levels.spad.none', 1, './two.yaml:3:5'],
    ['options: { array: small }', 'array.levels.ram.words', 8, 'sweep.yaml:6:23'],
  ])('takes mistakes that plugins find to where they stand: %s', (entry, option, value, place) => {
    const problem = { code: 'ARCHON_BAD_OPTION', message: 'too small' } as const;
    const mistake = { entry: ['accelerators', 0], option, value, problem };
    const [found] = diagnosticsOf(() => throwMistakes(textOf(entry), 'sweep.yaml', [mistake], { registry, read }));
    expect(`${found?.location?.file}:${found?.location?.line}:${found?.location?.column}`).toBe(place);
  });

  it('is a path, a name or a map in the schema for editors, and its members are axes', () => {
    const validate = new Ajv({ strict: false }).compile(sweepSchema(registry));
    const isValid = (rest: object) =>
      validate({
        ...{ apiVersion: 'archon/v1', name: 'x', networks: [{ use: 'shufflenet' }], objectives: ['cycles'] },
        accelerators: [{ use: 'mapped', ...rest }],
      });
    expect(isValid({ options: { array: './a.yaml' }, axes: { 'array.levels.ram.words': [1, 2] } })).toBe(true);
    expect(isValid({ options: { array: { levels: [{ name: 'a', words: 0 }] } } })).toBe(false);
    expect(isValid({ axes: { 'array.levels.ram.wrods': [1, 2] } })).toBe(false);
  });
});

describe('readOptionDocument', () => {
  const meta = mapped.meta;
  it('reads what --set names', () => {
    expect(readOptionDocument(meta, 'array', './one.json', read)).toEqual({ levels: [{ name: 'ram', words: 16 }] });
    expect(readOptionDocument(meta, 'array', 'small', read)).toEqual(small);
    expect(readOptionDocument(meta, 'array.levels', 'small', read)).toBe('small');
  });

  it('tells where a member stands in its file, and nothing where there is none', () => {
    const placeOf = (given: string, ...steps: string[]) => {
      const { location } = placeInDocument(meta, { option: 'array', given, steps }, read);
      return location && `${location.file}:${location.line}:${location.column}`;
    };
    expect(placeOf('./two.yaml', 'levels', 'spad', 'words')).toBe('./two.yaml:3:26');
    expect(placeOf('./two.yaml', 'levels', 'spad', 'none')).toBe('./two.yaml:3:5');
    expect(placeOf('small', 'levels')).toBeUndefined();
    expect(placeInDocument(meta, { option: 'other', given: './two.yaml', steps: [] }, read)).toEqual({});
  });

  it('locates mistakes in the file', () => {
    const [first] = diagnosticsOf(() => readOptionDocument(meta, 'array', './wrong.yaml', read));
    expect(first?.location).toMatchObject({ file: './wrong.yaml', line: 3, column: 12 });
  });
});
