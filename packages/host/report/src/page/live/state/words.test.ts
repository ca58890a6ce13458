import { describe, expect, it } from 'vitest';
import { doneOf, durationText, rateText, stageText } from './words.js';

describe('durationText', () => {
  it.each([
    [400, '0 s'],
    [59_400, '59 s'],
    [60_000, '1 min'],
    [125_000, '2 min 5 s'],
    [3_840_000, '1 h 4 min'],
    [183_600_000, '2 d 3 h'],
  ])('%d ms: %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});

describe('rateText', () => {
  it.each([
    [1234.5, '1,230 a second'],
    [2.345, '2.35 a second'],
    [0.5, '30 a minute'],
    [0.001, '3.6 an hour'],
  ])('%d: %s', (rate, text) => {
    expect(rateText(rate)).toBe(text);
  });
});

describe('doneOf', () => {
  const points = { failed: 0, skipped: 0, elapsedMs: 0 };
  it('counts both steps', () => {
    expect(doneOf({})).toEqual([0, 0]);
    expect(doneOf({ points: { ...points, done: 3, total: 5 } })).toEqual([3, 5]);
    expect(doneOf({ points: { ...points, done: 5, total: 5, refined: { done: 1, total: 2 } } })).toEqual([6, 7]);
  });
});

describe('stageText', () => {
  const choice = (use: string) => ({ use, options: {} });
  const point = { network: choice('archon/mobilenet-v2'), stages: [choice('archon/train')] };
  it('says how far a training is, as far as it tells', () => {
    const stage = { pointId: 'a', point, stage: 'archon/train' };
    expect(stageText(stage)).toBe('mobilenet-v2 train');
    const progress = { done: 2.4, total: 10, unit: 'epoch', figures: ['loss 1.2'], etaMs: 65_000 };
    expect(stageText({ ...stage, progress })).toBe('mobilenet-v2 train: epoch 3/10, loss 1.2, 1 min 5 s left');
  });
});
