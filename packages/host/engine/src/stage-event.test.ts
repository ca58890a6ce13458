import type { StageProgress } from '@archon-dse/core';
import { expect, it } from 'vitest';
import { copyProgress } from './stage-event.js';

it('progress is copied as short lines and numbers, whatever a plugin calls so', () => {
  const given = { done: 1, total: 2, unit: 'epoch', figures: ['loss\n1', 'x'.repeat(99)], etaMs: 5, extra: () => 1 };
  const { figures, ...rest } = copyProgress(given);
  expect(rest).toEqual({ done: 1, total: 2, unit: 'epoch', etaMs: 5 });
  expect(figures).toEqual(['loss 1', expect.stringMatching(/^x{40}\.\.\./)]);
  const other = { done: 1, total: 2, unit: 'step', etaMs: Number.NaN } as unknown as StageProgress;
  expect(copyProgress(other)).toEqual({ done: 1, total: 2, unit: 'step', figures: [] });
});
