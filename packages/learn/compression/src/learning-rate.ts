/** A piece of a learning-rate schedule, as plain data. `epochs` is its length; j counts its epochs from 0. */
export type Segment =
  | { readonly kind: 'steps'; readonly rates: readonly number[] }
  /** `(1 - floor) amplitude (1 + cos(pi min(j, duration) / duration)) + floor`, so the peak is about `2 amplitude`. */
  | {
      readonly kind: 'cosine';
      readonly epochs: number;
      readonly duration: number;
      readonly amplitude: number;
      readonly floor: number;
    }
  /** `(from - to) (1 - min(j, duration) / duration)^3 + to`. */
  | {
      readonly kind: 'cubic';
      readonly epochs: number;
      readonly duration: number;
      readonly from: number;
      readonly to: number;
    };

/** Segments one after the other. */
export type LearningRate = readonly Segment[];

/** Epochs of a schedule. */
export function scheduleEpochs(schedule: LearningRate): number {
  return schedule.reduce((sum, segment) => sum + epochsOf(segment), 0);
}

/**
 * Learning rate of an epoch, counted from 0; it is constant within one.
 *
 * @throws RangeError beyond the end of the schedule
 */
export function learningRateAt(schedule: LearningRate, epoch: number): number {
  let first = 0;
  for (const segment of schedule) {
    const epochs = epochsOf(segment);
    if (epoch >= first && epoch < first + epochs) return rateAt(segment, epoch - first);
    first += epochs;
  }
  throw new RangeError(`epoch ${String(epoch)} of ${String(first)}`);
}

function epochsOf(segment: Segment): number {
  return segment.kind === 'steps' ? segment.rates.length : segment.epochs;
}

function rateAt(segment: Segment, epoch: number): number {
  switch (segment.kind) {
    case 'steps':
      return segment.rates[epoch] ?? 0;
    case 'cosine': {
      const { duration, amplitude, floor } = segment;
      const angle = (Math.PI * Math.min(epoch, duration)) / duration;
      return (1 - floor) * amplitude * (1 + Math.cos(angle)) + floor;
    }
    case 'cubic': {
      const { duration, from, to } = segment;
      return (from - to) * (1 - Math.min(epoch, duration) / duration) ** 3 + to;
    }
  }
}
