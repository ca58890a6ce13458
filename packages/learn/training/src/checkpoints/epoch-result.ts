/** What one epoch came to. Losses are means over images. */
export interface EpochResult {
  /** While training, L2 terms included. */
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  /** On the test images after the epoch, without L2 terms. */
  readonly testLoss: number;
  /** 0..1. */
  readonly testAccuracy: number;
}
