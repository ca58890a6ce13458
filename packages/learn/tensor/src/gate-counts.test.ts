import { expect, it } from 'vitest';
import { sumGateCounts } from './gate-counts.js';

it('images that only fill a batch up count nowhere', () => {
  const gate = { name: 'g', op: 'gate', inputs: ['a', 'b'], shape: [2, 3, 4], differentiable: true } as const;
  const counts = { positive: [5, 100, 7], predicted: [6, 100, 8], both: [4, 100, 3] };
  expect(sumGateCounts(gate, Int32Array.of(0, -1, 1), counts)).toEqual({
    ...{ values: 48, positive: 12, predicted: 14, both: 7 },
  });
});
