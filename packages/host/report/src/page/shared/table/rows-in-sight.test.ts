import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowsInSight } from './rows-in-sight.js';

const BOX = { heightPx: 300, rowPx: 30 };

describe('rows that are drawn', () => {
  it('are those in sight and a few beyond', () => {
    expect(rowsInSight({ ...BOX, topPx: 0, count: 5000 })).toEqual([0, 28]);
    // 3,000 pixels are 100 rows; what is drawn moves by six, so from row 96.
    expect(rowsInSight({ ...BOX, topPx: 3000, count: 5000 })).toEqual([84, 124]);
    expect(rowsInSight({ ...BOX, topPx: 0, count: 3 })).toEqual([0, 3]);
    expect(rowsInSight({ ...BOX, topPx: 0, count: 0 })).toEqual([0, 0]);
  });

  it('cover what is in sight, wherever the box is scrolled to', () => {
    fc.assert(
      fc.property(fc.nat(6000), fc.double({ min: 0, max: 1, noNaN: true }), (count, share) => {
        const topPx = share * Math.max(0, count * BOX.rowPx - BOX.heightPx);
        const [start, end] = rowsInSight({ ...BOX, topPx, count });
        expect(start).toBeLessThanOrEqual(topPx / BOX.rowPx);
        expect(end).toBeGreaterThanOrEqual(Math.min(count, (topPx + BOX.heightPx) / BOX.rowPx));
        expect(end - start).toBeLessThan(60);
      }),
    );
  });

  it('are none below a list that became shorter than what was scrolled past', () => {
    expect(rowsInSight({ ...BOX, topPx: 30_000, count: 10 })).toEqual([10, 10]);
  });
});
