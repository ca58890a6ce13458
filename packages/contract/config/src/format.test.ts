import type { Diagnostic } from '@archon-dse/core';
import { describe, expect, it } from 'vitest';
import { formatDiagnostic } from './format.js';
import { Source } from './source.js';

const sourceOf = (text: string) => new Source('a.yaml', text);

const full: Diagnostic = {
  code: 'ARCHON_PLUGIN_THREW',
  message: 'it broke',
  expected: 'no breakage',
  hint: 'Mend it.',
  plugin: 'toy@1.0.0',
  layer: 'b1.expand',
  location: { file: 'a.yaml', line: 2, column: 3, length: 2 },
  frame: '> 2 | abcd\n    |   ^^',
};

describe('formatDiagnostic', () => {
  it('prints all parts', () => {
    expect(formatDiagnostic(full)).toBe(
      [
        'a.yaml:2:3  ARCHON_PLUGIN_THREW',
        '  it broke',
        '  expected no breakage',
        '  Mend it.',
        '  in plugin toy@1.0.0, layer b1.expand',
        '  > 2 | abcd',
        '      |   ^^',
        '  archon docs ARCHON_PLUGIN_THREW',
      ].join('\n'),
    );
  });

  it('writes out what a terminal would obey, in every part, and keeps its own colours', () => {
    const bad = 'x\u001b[2J\u202e';
    const parts = { message: bad, expected: bad, hint: bad, plugin: bad, layer: bad, frame: bad };
    const hostile: Diagnostic = { ...full, ...parts, location: { ...full.location!, file: bad } };
    for (const color of [false, true]) {
      const text = formatDiagnostic(hostile, { color });
      expect(text.split('x\\u001b[2J\\u202e')).toHaveLength(8);
      expect(text.replace(/\u001b\[(0|1|2|31)m/g, '')).not.toMatch(/[\u001b\u202e]/);
    }
  });

  it('leaves out what there is not', () => {
    expect(formatDiagnostic({ code: 'ARCHON_USAGE', message: 'no such command' })).toBe(
      'ARCHON_USAGE\n  no such command\n  archon docs ARCHON_USAGE',
    );
  });

  it('only adds colours when asked', () => {
    const colored = formatDiagnostic(full, { color: true });
    expect(colored).toContain('\u001b[31m^^\u001b[0m');
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(formatDiagnostic(full));
  });
});

describe('Source', () => {
  it('frames a line between its neighbours, blanks for tabs and control characters', () => {
    const source = sourceOf('one: 1\ntwo: 2\nthree:\t"\u001b[31m"\nfour: 4\nfive: 5\n');
    const location = source.locate({ start: 21, end: 28 });
    expect(location).toEqual({ file: 'a.yaml', line: 3, column: 8, length: 7 });
    expect(source.frame(location)).toBe(
      ['  1 | one: 1', '  2 | two: 2', '> 3 | three: " [31m"', '    |        ^^^^^^^', '  4 | four: 4'].join('\n'),
    );
  });

  it('moves what lies behind the end to the last word', () => {
    expect(sourceOf('a: [\n\n').locate({ start: 6, end: 6 })).toMatchObject({ line: 1, column: 5, length: 1 });
    expect(sourceOf('').locate({ start: 0, end: 0 })).toMatchObject({ line: 1, column: 1, length: 1 });
  });

  it('marks only the first line of a value', () => {
    expect(sourceOf('a: [1,\n  2]\n').locate({ start: 3, end: 11 })).toMatchObject({ line: 1, column: 4, length: 3 });
  });

  it('shows the part of a long line around the caret', () => {
    const text = `[${'x, '.repeat(100)}wrong, ${'y, '.repeat(100)}z]`;
    const source = sourceOf(text);
    const [shown = '', carets = ''] = source.frame(source.locate({ start: 301, end: 306 })).split('\n');
    expect(shown).toHaveLength('> 1 | '.length + 110);
    expect(shown.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('wrong');
    expect([shown.at(6), shown.at(-1)]).toEqual(['…', '…']);
  });

  it('shows a value that is longer than a frame from where its line starts, or cut before it', () => {
    const value = `[${'x, '.repeat(100)}z]`;
    const framed = (before: string) => {
      const source = sourceOf(`first: 1\n${before}${value}`);
      return source.frame(source.locate({ start: 9 + before.length, end: 9 + before.length + value.length }));
    };
    const short = framed('  - ').split('\n');
    expect(short.slice(0, 2)).toEqual(['  1 | first: 1', `> 2 | ${`  - ${value}`.slice(0, 109)}…`]);
    expect(short[2]).toBe(`    |     ${'^'.repeat(106)}`);
    const [, shown = '', carets = ''] = framed('k'.repeat(50)).split('\n');
    expect([shown.slice(6, 8), shown.at(carets.indexOf('^'))]).toEqual(['…k', '[']);
  });
});
