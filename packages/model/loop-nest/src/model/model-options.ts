/** How accesses and cycles of a mapping are counted. What each choice means is in the README of this package. */
export interface ModelOptions {
  /**
   * `timeloop`, unless given: the counts Timeloop prints. `exact`: what a walk of the nest touches, every step of a window by its
   * whole length, without the words that strides and dilations leave out; bounds may leave
   * remainders.
   */
  readonly semantics?: 'timeloop' | 'exact';
  /** With `exact` only: neighbours share the words their windows have in common, and the level outside reads each of them once. */
  readonly haloSharing?: boolean;
  /** Adds the cycles in which the first tiles come down to the MACs, a systolic mesh fills, and the last tiles go up. */
  readonly startUp?: boolean;
}
