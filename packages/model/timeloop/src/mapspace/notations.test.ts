import fc from 'fast-check';
import { evaluate, type Mapping } from '@archon-dse/loop-nest';
import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../../test/diagnostics.js';
import { aDesign } from '../../test/design-cases.js';
import { exportDesign } from '../export/export-design.js';
import type { TimeloopFile } from '../input/sections.js';
import { outputFiles } from '../output/files.js';
import { nestLine } from '../output/nest.js';
import { reportOf } from '../output/report.js';
import { readModelFiles } from '../read-files.js';
import { runModel } from '../run.js';
import { COMPONENTS, EXPAND, NEST, NEST_LINE, NODES, TREE, VARIABLES } from '../test-fixtures.js';

describe('a mapping that is written', () => {
  it('reads back in each notation', () => {
    fc.assert(
      fc.property(aDesign, ({ problem, architecture, mapping }) => {
        const design = readModelFiles(exportDesign({ problem, architecture, mapping }));
        const report = reportOf(design, design.mapping, evaluate(problem, architecture, design.mapping));
        const others = exportDesign({ problem, architecture });
        const written = (kind: string): TimeloopFile => ({
          name: kind,
          text: outputFiles(report, 'x').get(`x.${kind}`) ?? '',
        });
        for (const read of [
          readModelFiles([...others, written('map.txt')]),
          readModelFiles([...others, written('map.yaml')]),
          readModelFiles(others, { line: nestLine(report) }),
        ]) {
          expect(sorted(read.mapping)).toEqual(sorted(design.mapping));
          expect(read.architecture).toEqual(design.architecture);
        }
      }),
      { numRuns: 40 },
    );
  });
});

/** The order of loops along X among those along Y has no meaning. */
const sorted = (mapping: Mapping): readonly unknown[] =>
  mapping.map((loops) => [loops.filter(({ kind }) => kind === 'temporal'), new Set(loops)]);

const DESIGN = [TREE, COMPONENTS, EXPAND];

describe('a printed nest', () => {
  const nest = (from: string | RegExp, to: string): TimeloopFile => ({
    name: 'map.txt',
    text: NEST.text.replace(from, to),
  });

  it.each([
    ['a level that is not there', nest('psum [', 'acc ['), 'map.txt: no level is called acc'],
    ['a data space that is not there', nest('Weights:96', 'Filters:96'), 'map.txt: Filters is no data space'],
    ['a dimension that is not there', nest('for M in [0:24)', 'for K in [0:24)'), 'map.txt: K is no dimension'],
    ['a remainder', nest('[0:24)', '[0:24,3)'), 'this loop ends in a smaller last step'],
    [
      'a line that is neither',
      nest('| for Q in [0:8)', '| far Q in [0:8)'),
      '"| far Q in [0:8)" is neither a level nor a loop',
    ],
    [
      'a loop before the levels',
      { name: 'map.txt', text: '| for Q in [0:8)\n' },
      'a loop stands before the first level',
    ],
    ['loops that do not fit', nest('[0:24)', '[0:12)'), 'the bounds of M multiply to 48, the problem has 96'],
  ])('with %s is refused', (_, file, message) => {
    expect(diagnosticsOf(() => runModel([...DESIGN, file]))[0]?.message).toBe(message);
  });

  it('names the levels of containers as Timeloop does', () => {
    const text = NEST.text
      .replace('column [ ]', 'inter_PE_spatial [ ]')
      .replace(/glb(.*)\n(-+)\n(.*)\n(.*)\n(.*)\n/, 'glb$1\n$2\n$3\n\ninter_column_spatial [ ]\n--\n$4\n$5\n');
    const report = runModel([NODES, VARIABLES, COMPONENTS, EXPAND, { name: 'map.txt', text }]);
    expect(report.evaluation.cycles).toBe(24576);
    const again = outputFiles(report, 'x').get('x.map.txt') ?? '';
    expect(again).toContain('inter_column_spatial [ ] \n');
    expect(runModel([NODES, VARIABLES, COMPONENTS, EXPAND, { name: 'map.txt', text: again }]).mapping).toEqual(
      report.mapping,
    );
  });
});

describe('a nest of one line', () => {
  it.each([
    ['too few levels', NEST_LINE.replace('L5[WIO] Q8 - ', ''), 'the mapping: it has 5 levels'],
    ['a letter of no data space', NEST_LINE.replace('[WIO]', '[WIX]'), '"L5[WIX] Q8" is no part of a mapping'],
    ['a part that is no level', NEST_LINE.replace('L1[W]', 'W'), '"W C4" is no part of a mapping'],
    ['a loop that is none', NEST_LINE.replace('C4Y', 'C4Z'), '"C4Z" is no part of a mapping'],
    ['a dimension that is not there', NEST_LINE.replace('M24', 'K24'), 'the mapping: K is no dimension'],
  ])('with %s is refused', (_, line, message) => {
    expect(diagnosticsOf(() => runModel(DESIGN, { line: line }))[0]?.message).toBe(message);
  });
});
