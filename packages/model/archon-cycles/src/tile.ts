/**
 * What the PEs do while one tap of the window is broadcast: each holds an output pixel of its own, and builds every fused weight of the tap for
 * it. Arrays are longer than needed and used again.
 */
export interface TapOfTile {
  /** Fused weights of the tap. */
  readonly weights: number;
  /** By fused weight: products broadcast, and words of masks they are looked up in. */
  readonly products: Int32Array;
  readonly maskWords: Int32Array;
  /** Where the two begin. */
  readonly first: number;
  /** Products whose masks are 1, by fused weight and PE: `live[weight * pes + pe]`. */
  readonly live: Uint16Array;
}

/** Counts the cycles of a block, tap by tap and tile by tile. */
export interface MainPhase {
  tap(tap: TapOfTile): void;
  /** All PEs finish their pixels. */
  endTile(): void;
}
