import { MAX_CHAIN } from './chains.kernel.js';
import type { Digits } from './digits.kernel.js';

/** Each loop outside a tile adds two kinds of moves at most, and there is one of the tile that is cut off. */
const MAX_KINDS = 2 * MAX_CHAIN + 1;

/**
 * How the part of a tile along one dimension changes when the temporal loops from one on inwards go from their last iteration to their
 * first, for all combinations of digits of the other loops: a few kinds, each with how many combinations there are, how far the part moves,
 * in iterations, and what it covers before and after.
 */
export class Moves {
  readonly times = new Float64Array(MAX_KINDS);
  readonly way = new Float64Array(MAX_KINDS);
  readonly before = new Float64Array(MAX_KINDS);
  readonly after = new Float64Array(MAX_KINDS);
  kinds = 0;
  private readonly digits: Digits;

  constructor(digits: Digits) {
    this.digits = digits;
  }

  /**
   * Sets the moves along a dimension whose own loops outside `moving` keep their iterations. The last iterations of the moving loops depend
   * on the others' digits: read from the outermost loop on, as long as all digits are those of the last place, the moving ones are too. Once
   * another digit is below, all moving loops further in have all their iterations; where one is above, the nearest moving loop further out
   * that can ends one iteration earlier, and those after it have all.
   */
  settle(dim: number, moving: number): void {
    const { chains, from, to, used } = this.digits;
    const { last, bound, inside, level } = chains;
    const start = dim * MAX_CHAIN;
    const end = start + used[dim]!;
    const tile = Math.min(chains.tile(dim, used[dim]!), chains.size[dim]!);
    this.kinds = 0;
    let follows = true;
    let way = 0;
    /** Way where a digit is above that of the last place, or -1 if no moving loop outside can end earlier. */
    let earlier = -1;
    for (let at = start; at < end; at++) {
      const digit = last[at]!;
      if (at >= moving && level[at]! < 0) {
        const whole = (bound[at]! - 1) * inside[at]!;
        for (let i = 0; i < this.kinds; i++) this.way[i]! -= whole;
        if (digit > 0) earlier = way + (digit - 1) * inside[at]!;
        else if (earlier >= 0) earlier += whole;
        way += digit * inside[at]!;
        continue;
      }
      const first = from[at]!;
      const past = to[at]!;
      for (let i = 0; i < this.kinds; i++) this.times[i]! *= past - first;
      if (!follows) continue;
      this.add(Math.min(past, digit) - first, -way, tile, tile);
      if (earlier >= 0) this.add(past - Math.max(first, digit + 1), -earlier, tile, tile);
      follows = digit >= first && digit < past;
    }
    const cut = chains.cutTile(dim, used[dim]!);
    if (follows) this.add(1, -way, cut, way > 0 ? tile : cut);
  }

  /** Sets the moves when the loop at entry `stepping` goes on by one iteration and those inside it start over. */
  settleStep(dim: number, stepping: number): void {
    const { digits } = this;
    const { chains, used } = digits;
    const { bound, inside, level } = chains;
    const end = dim * MAX_CHAIN + used[dim]!;
    let way = inside[stepping]!;
    for (let at = stepping + 1; at < end; at++) if (level[at]! < 0) way -= (bound[at]! - 1) * inside[at]!;
    digits.scan(dim);
    const tile = chains.tile(dim, used[dim]!);
    this.kinds = 0;
    this.add(digits.whole, way, tile, tile);
    this.add(digits.cut, way, tile, chains.cutTile(dim, used[dim]!));
  }

  private add(times: number, way: number, before: number, after: number): void {
    if (times <= 0) return;
    const i = this.kinds++;
    this.times[i] = times;
    this.way[i] = way;
    this.before[i] = before;
    this.after[i] = after;
  }
}
