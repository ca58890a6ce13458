import { seededRandom } from '@archon-dse/core';

/**
 * Fills `order` with a permutation of its indices: Fisher-Yates over all of them, the same for equal seed and epoch and
 * independent of other epochs.
 */
export function shuffleEpoch(order: Uint32Array, seed: number, epoch: number): void {
  const random = seededRandom(seed, `shuffle ${String(epoch)}`);
  for (let index = 0; index < order.length; index += 1) order[index] = index;
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const kept = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = kept;
  }
}
