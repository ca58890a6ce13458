import { expect, it } from 'vitest';
import { outputTo } from './output.js';

/** What comes to stdout of a text that would turn a terminal red and hide what follows. */
function shown(how: 'result' | 'data', outIsTerminal: boolean): string {
  let text = '';
  const out = (part: string): void => void (text += part);
  const output = outputTo({ out, err: () => undefined, outIsTerminal, errorIsTerminal: false, color: false });
  output[how]('\u001b[31mred\u202e,1\n');
  return text;
}

it('writes out in results what a terminal would obey, wherever they go', () => {
  for (const isTerminal of [true, false]) expect(shown('result', isTerminal)).toBe('\\u001b[31mred\\u202e,1\n\n');
});

it('hands data to other programs as it is, and not to a terminal', () => {
  expect(shown('data', false)).toBe('\u001b[31mred\u202e,1\n');
  expect(shown('data', true)).toBe('\\u001b[31mred\\u202e,1\n');
});
