import { describe, expect, it } from 'vitest';
import { progressLines, progressLogLine, type Work } from './progress-text.js';

const POINTS = { done: 29, total: 64, failed: 2, skipped: 3, elapsedMs: 72_000, etaMs: 125_000 };
const TRAINING = {
  done: 2 + 3 / 9,
  total: 8,
  unit: 'epoch',
  figures: ['loss 1.234', 'accuracy 34.1%', '120 images/s'],
  etaMs: 32_000,
};
const work: Work = {
  points: POINTS,
  stages: [{ label: 'mobilenet-v2 width=0.25  train', progress: TRAINING }, { label: 'mobilenet-v2 width=0.5  prune' }],
};

describe('progress on a terminal', () => {
  it.each([
    [
      120,
      [
        '█████████████░░░░░░░░░░░░░░░░░  45%  29/64 points  1m 12s  2m 05s left  2 failed  3 from before',
        '  mobilenet-v2 width=0.25  train  epoch 3/8  loss 1.234  accuracy 34.1%  120 images/s  32s left',
        '  mobilenet-v2 width=0.5  prune',
      ],
    ],
    [
      80,
      [
        '██████░░░░░░░░  45%  29/64 points  1m 12s  2m 05s left  2 failed  3 from before',
        '  mobilenet-v2 width=0.25  train  epoch 3/8  loss 1.234  32s left',
        '  mobilenet-v2 width=0.5  prune',
      ],
    ],
    [
      40,
      ['45%  29/64 points  2m 05s left', '  mobilenet-v2 w..  epoch 3/8  32s left', '  mobilenet-v2 width=0.5  prune'],
    ],
    [20, ['29/64 points', '  mobilenet-v2 widt', '  mobilenet-v2 wi..']],
  ])('of %i columns', (columns, lines) => {
    const drawn = progressLines(work, 0, columns);
    expect(drawn).toEqual(lines);
    expect(Math.max(...drawn.map((line) => line.length))).toBeLessThan(columns);
  });

  it('goes on between two events', () => {
    const [points, training] = progressLines(work, 5000, 120);
    expect(points).toContain('1m 17s  2m 00s left');
    expect(training).toContain('27s left');
    expect(progressLines(work, 999_000, 120)[0]).toContain('0.0s left');
  });

  it('has room for many trainings', () => {
    const stages = Array.from({ length: 11 }, () => ({ label: 'x' }));
    expect(progressLines({ stages }, 0, 80)).toEqual([...Array<string>(8).fill('  x'), '  and 3 more']);
  });

  it('has no end where none is known, and none when all is done', () => {
    const { done, total, failed, skipped, elapsedMs } = POINTS;
    const points = { done, total, failed, skipped, elapsedMs };
    expect(progressLines({ points, stages: [] }, 0, 80)[0]).not.toContain('left');
    expect(progressLines({ points: { ...POINTS, done: 64 }, stages: [] }, 0, 80)[0]).not.toContain('left');
  });
});

it.each([
  [{ done: 29, total: 64 }, { done: 0, total: 9 }, ' 39%', '29/64 points  then about 9 refined  1m 12s  2m 05s left'],
  [{ done: 64, total: 64 }, { done: 3, total: 9 }, ' 91%', '64/64 points  3/9 refined  1m 12s  2m 05s left'],
  [{ done: 64, total: 64 }, { done: 9, total: 9 }, '100%', '64/64 points  9/9 refined  1m 12s'],
])('the second step follows the first: %j, %j', (points, refined, share, text) => {
  const { elapsedMs, etaMs } = POINTS;
  const shown = { points: { ...points, refined, failed: 0, skipped: 0, elapsedMs, etaMs }, stages: [] };
  expect(progressLines(shown, 0, 120)[0]?.replace(/^[█░]+/, '')).toBe(` ${share}  ${text}`);
  expect(progressLogLine(shown, 0)).toBe(text);
});

it('progress in a log is one line', () => {
  expect(progressLogLine(work, 0)).toBe(
    '29/64 points  1m 12s  2m 05s left  2 failed  3 from before; ' +
      'mobilenet-v2 width=0.25  train  epoch 3/8  loss 1.234  accuracy 34.1%  120 images/s  32s left; ' +
      'mobilenet-v2 width=0.5  prune',
  );
});
