import { expect, it } from 'vitest';
import { stageProgress } from './stage-progress.js';

it('counts epochs, whole ones where they end', () => {
  const figures = { loss: 1.2345, accuracy: 0.341, imagesPerSecond: 120.4, etaMs: 32_000 };
  expect(stageProgress({ epoch: 2, epochs: 8, batch: 3, batches: 12, ...figures })).toEqual({
    ...{ done: 2.25, total: 8, unit: 'epoch' },
    figures: ['loss 1.234', 'accuracy 34.1%', '120 images/s'],
    etaMs: 32_000,
  });
  expect(stageProgress({ epoch: 2, epochs: 3, batch: 7, batches: 7, ...figures }).done).toBe(3);
});
