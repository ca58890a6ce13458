import { expect, it } from 'vitest';
import { printable, printableLine } from './printable.js';

it.each([
  ['colours', 'a\u001b[31mred', 'a\\u001b[31mred'],
  ['eight-bit controls', '\u009b2J', '\\u009b2J'],
  ['deletion and return', 'secret\rx\u007f\b', 'secret\\u000dx\\u007f\\u0008'],
  ['marks of direction', 'a\u202ecod.exe\u2066', 'a\\u202ecod.exe\\u2066'],
  ['line separators', 'a\u2028b', 'a\\u2028b'],
  ['halves of pairs', 'a\ud800b', 'a\\ud800b'],
])('%s are written out', (_what, text, shown) => {
  expect(printable(text)).toBe(shown);
});

it('leaves all other text, lines and tabs as they are', () => {
  const text = 'größe 大 😀 \u0301\n\tnext \\ "line"';
  expect(printable(text)).toBe(text);
  expect(printableLine('a\n\tb')).toBe('a\\u000a\\u0009b');
});

it('means the same inside JSON', () => {
  const value = { a: '\u007f\u0085\u202e\u2028', b: 1 };
  expect(JSON.parse(printable(JSON.stringify(value)))).toEqual(value);
});
