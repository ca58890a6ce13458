import { EventEmitter } from 'node:events';
import type { WriteStream } from 'node:tty';
import { expect, it } from 'vitest';
import { LiveArea } from './live-area.js';

/** A terminal that remembers what was written. */
function terminal(columns: number, rows = 24) {
  const written: string[] = [];
  const stream = Object.assign(new EventEmitter(), { columns, rows, write: (text: string) => written.push(text) });
  return { stream, written, area: new LiveArea(stream as unknown as WriteStream) };
}
const up = (rows: number): string => `\u001b[${String(rows)}A\r\u001b[J`;

it('draws over what it drew', () => {
  const { area, written } = terminal(80);
  area.draw(['one', 'two']);
  area.draw(['three']);
  area.draw([]);
  area.draw([]);
  expect(written).toEqual(['one\ntwo\n', `${up(2)}three\n`, up(1)]);
});

it('makes way for other lines', () => {
  const { area, written } = terminal(80);
  area.draw(['bar']);
  area.interrupt(() => written.push('a result\n'));
  expect(written).toEqual(['bar\n', up(1), 'a result\n', 'bar\n']);
});

it('leaves no rest on a terminal that got narrower and wraps what it holds', () => {
  const { area, stream, written } = terminal(80);
  area.draw(['x'.repeat(70), 'short']);
  stream.columns = 30;
  stream.emit('resize');
  expect(written.at(-1)).toBe(`${up(3 + 1)}${'x'.repeat(29)}\nshort\n`);
});

it('never draws more rows than there are, nor wider ones', () => {
  const { area, written } = terminal(10, 4);
  area.draw(['0123456789abc', 'b', 'c', 'd', 'e']);
  expect(written).toEqual(['012345678\nb\nc\n']);
});

it('forgets what it is to keep', () => {
  const { area, written } = terminal(80);
  area.draw(['done']);
  area.keep();
  area.draw(['next']);
  expect(written).toEqual(['done\n', 'next\n']);
});
