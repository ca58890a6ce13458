import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../../../test/diagnostics.js';
import { toJson } from './nodes.js';
import { readYaml } from './yaml-nodes.js';

const read = (text: string) => toJson(readYaml(text, 'a.yaml').root);

const wrong = (text: string) => diagnosticsOf(() => read(text));

describe('readYaml', () => {
  it('follows aliases and merge keys; own keys win, then earlier maps', () => {
    const text = 'a: &a { x: 1, y: 1 }\nb: &b { y: 2, z: 2 }\nc: { <<: [*a, *b], x: 3 }\nd: *a\n';
    expect(read(text)).toMatchObject({ c: { x: 3, y: 1, z: 2 }, d: { x: 1, y: 1 } });
  });

  it('keeps a key called __proto__ a plain key', () => {
    expect(Object.keys(read('__proto__: { a: 1 }\n') as object)).toEqual(['__proto__']);
  });

  it('reads -0 as 0, so that results survive JSON', () => {
    expect(Object.is(read('-0'), 0)).toBe(true);
  });

  it('locates past a byte order mark and Windows line ends', () => {
    expect(wrong('\uFEFFa: 1\r\nb: 2\r\nb: 3\r\n')[0]?.location).toMatchObject({ line: 3, column: 1, length: 1 });
  });

  it.each([
    ['syntax', 'a: [1, 2', 1, 9],
    ['a duplicate key', 'a: 1\nbc: 2\na: 3', 3, 1],
    ['a key that is a number and text', '{ 1: a, "1": b }', 1, 9],
    ['an alias without an anchor', 'a: *none', 1, 4],
    ['an alias inside its own anchor', 'a: &a [*a]', 1, 8],
    ['a merge key that is not a map', 'a: { <<: 3 }', 1, 10],
    ['a list as a key', '? [a]\n: b', 1, 3],
    ['infinity', 'a: .inf', 1, 4],
    ['not a number', 'a: [1, .nan]', 1, 8],
    ['an unknown tag', 'a: !foo b', 1, 4],
    ['a binary tag', 'a: !!binary aGk=', 1, 13],
    ['a timestamp tag', 'a: !!timestamp 2001-01-01', 1, 16],
    ['an ordered map tag', '!!omap [a: 1]', 1, 9],
    ['a second document', 'a: 1\n---\nb: 2', 2, 1],
  ])('refuses %s', (_, text, line, column) => {
    const [first, ...more] = wrong(text);
    expect(first?.code).toBe('ARCHON_YAML_SYNTAX');
    expect(first?.location).toMatchObject({ line, column });
    expect(more).toEqual([]);
  });

  it('refuses a text of many megabytes at once, and a megabyte of mistakes in seconds', () => {
    expect(wrong(`a: "${'x'.repeat(2 ** 20)}"`)).toMatchObject([
      { code: 'ARCHON_YAML_SYNTAX', message: '"a.yaml" has 1048581 characters', expected: 'at most 1048576' },
    ]);
    expect(read(`a: "${'x'.repeat(2 ** 20 - 5)}"`)).toMatchObject({ a: expect.stringMatching(/^x+$/) });
    expect(wrong('a: b: c\n'.repeat(30_000))).toHaveLength(20);
  });

  it('refuses alias bombs and bottomless nesting without hanging', () => {
    const levels = Array.from(
      { length: 30 },
      (_, i) => `a${String(i + 1)}: &a${String(i + 1)} [*a${String(i)}, *a${String(i)}]`,
    );
    expect(wrong(`a0: &a0 x\n${levels.join('\n')}\n`)[0]?.message).toContain('100000 values');
    expect(wrong('['.repeat(20_000))[0]?.message).toContain('nested too deeply');
    expect(wrong(`${'['.repeat(100)}${']'.repeat(100)}`)[0]?.message).toContain('64 levels');
  });
});
