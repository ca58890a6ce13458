/** How far training has got, after a batch. */
export interface TrainingProgress {
  /** From 0. */
  readonly epoch: number;
  readonly epochs: number;
  /** Batches of the epoch that are done. */
  readonly batch: number;
  readonly batches: number;
  /** Mean loss of the epoch so far, L2 terms included. */
  readonly loss: number;
  /** Share of the epoch's images so far that were recognised, 0..1. */
  readonly accuracy: number;
  readonly imagesPerSecond: number;
  readonly etaMs: number;
}
