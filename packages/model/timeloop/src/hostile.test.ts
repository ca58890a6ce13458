import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import type { TimeloopFile } from './input/sections.js';
import { prepareMapper, runModel } from './run.js';
import {
  COMPONENTS,
  CONSTRAINTS,
  ERT,
  EXPAND,
  MAPPER,
  MAPPING,
  MAPSPACE,
  NEST,
  NODES,
  PROJECT,
  TREE,
  VARIABLES,
} from './test-fixtures.js';

/** Whatever is done to files, they are read or refused by name: nothing else is thrown, and nothing hangs. */

const SETS: readonly (readonly TimeloopFile[])[] = [
  [TREE, COMPONENTS, EXPAND, MAPPING],
  [TREE, ERT, EXPAND, NEST],
  [TREE, COMPONENTS, PROJECT, CONSTRAINTS, MAPSPACE, MAPPER],
  [NODES, VARIABLES, COMPONENTS, PROJECT, MAPPER],
];

/** Long searches are not what is tested. */
const mapped = (files: readonly TimeloopFile[]): unknown =>
  prepareMapper(files).run({ budget: { evaluations: 20_000 } });

const SNIPPETS = [
  '',
  '-1',
  '0',
  '1e99',
  'null',
  '[]',
  '{}',
  '"',
  ': ',
  'x',
  '{ a: 1 }',
  '<<: *x',
  '&a ',
  '*a',
  '!Container ',
  '[0..9]',
  '9'.repeat(30),
  '\t',
  '\u0000',
  'M=0',
  '() if',
  '**',
];

const aChange = fc.record({
  set: fc.nat(SETS.length - 1),
  file: fc.nat(9),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(12),
  text: fc.constantFrom(...SNIPPETS),
});

describe('files that are damaged', () => {
  it('are read or refused', () => {
    fc.assert(
      fc.property(fc.array(aChange, { minLength: 1, maxLength: 3 }), (changes) => {
        let files = SETS[changes[0]?.set ?? 0] ?? [];
        for (const { file, at, length, text } of changes) {
          const index = file % files.length;
          files = files.map((each, f) => {
            if (f !== index) return each;
            const place = Math.floor(at * each.text.length);
            return { ...each, text: each.text.slice(0, place) + text + each.text.slice(place + length) };
          });
        }
        const run = files.some(({ name }) => name.startsWith('map.')) ? runModel : mapped;
        for (const { code, message } of diagnosticsOf(() => run(files))) {
          expect(code).toMatch(/^ARCHON_(YAML|TIMELOOP|NO_MAPPING)/);
          expect(message).not.toMatch(/undefined|\[object|NaN/);
        }
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it.each([
    ['nothing', []],
    ['empty files', [{ name: 'a.yaml', text: '' }]],
    ['a list', [{ name: 'a.yaml', text: '- 1\n' }]],
    [
      'numbers as names of levels',
      [
        {
          name: 'a.yaml',
          text: 'architecture: { version: 0.4, nodes: [7, !Component 8] }\nproblem: { shape: cnn-layer, R: 1, S: 1, P: 1, Q: 1, C: 1, K: 1, N: 1 }',
        },
      ],
    ],
    ['a deep nest', [{ name: 'a.yaml', text: `architecture: ${'[ '.repeat(2000)}` }]],
  ])('%s', (_, files) => {
    expect(diagnosticsOf(() => runModel(files))).not.toEqual([]);
  });
});
