import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Output } from './output.js';
import { createProgress } from './progress.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => vi.useRealTimers());

function recorder(errorIsTerminal: boolean) {
  const infos: string[] = [];
  const drawn: (readonly string[])[] = [];
  const output: Output = {
    result: () => undefined,
    data: () => undefined,
    json: () => undefined,
    diagnostic: () => undefined,
    info: (text) => infos.push(text),
    live: (lines) => drawn.push(lines),
    keepLive: () => drawn.push(['(kept)']),
    ...{ columns: 80, errorIsTerminal, color: false, showStack: false },
  };
  return { output, infos, drawn };
}

const points = { done: 1, total: 4, failed: 0, skipped: 0, elapsedMs: 1000, etaMs: 3000 };
const training = { total: 2, unit: 'epoch', figures: ['loss 1.000'], etaMs: 5000 };

it('the clock of a terminal ticks while nothing happens', () => {
  const { output, drawn } = recorder(true);
  const view = createProgress(output);
  view.update({ points, stages: [] });
  vi.advanceTimersByTime(2500);
  expect(drawn.map(([line]) => /points {2}(.*)/.exec(line ?? '')?.[1])).toEqual([
    '1.0s  3.0s left',
    '2.0s  2.0s left',
    '3.0s  1.0s left',
  ]);
  view.stop();
  vi.advanceTimersByTime(5000);
  view.update({ points, stages: [] });
  expect(drawn.slice(3).map(([line]) => line)).toEqual([expect.stringContaining('1/4 points'), '(kept)']);
});

it('a log has a line at once and one every 30 s', () => {
  const { output, infos } = recorder(false);
  const view = createProgress(output);
  for (let done = 0; done <= 100; done++) {
    view.update({ points: { ...points, done, total: 100 }, stages: [] });
    vi.advanceTimersByTime(1000);
  }
  view.stop();
  expect(infos.map((line) => line.split(' ')[0])).toEqual(['0/100', '29/100', '59/100', '89/100']);
});

it('a log without points has a line for every training that ends', () => {
  const { output, infos } = recorder(false);
  const view = createProgress(output);
  for (const done of [0.2, 1, 1.2, 2]) {
    view.update({ stages: [{ label: 'net  train', progress: { ...training, done } }] });
  }
  expect(infos.map((line) => line.split('  ')[2])).toEqual(['epoch 1/2', 'epoch 2/2']);
});
