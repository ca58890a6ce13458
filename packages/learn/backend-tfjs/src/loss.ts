/** What a batch of scores is worth. */
export interface Scored {
  /** Sum of the cross-entropy over images with a label of 0 or more. */
  readonly lossSum: number;
  readonly correct: number;
  /** Gradient of the sum by the scores; rows with label -1 are of no use. */
  readonly errors: Float32Array;
}

/** Cross-entropy of the softmax of scores, images x classes. A few hundred numbers, so they are worth double precision. */
export function scoreBatch(scores: ArrayLike<number>, labels: Int32Array): Scored {
  const classes = scores.length / labels.length;
  const errors = new Float32Array(scores.length);
  let [lossSum, correct] = [0, 0];
  labels.forEach((label, image) => {
    const row = Float64Array.from({ length: classes }, (_, index) => scores[image * classes + index] ?? Number.NaN);
    const most = row.reduce((a, b) => Math.max(a, b));
    const powers = row.map((score) => Math.exp(score - most));
    const total = powers.reduce((sum, power) => sum + power, 0);
    powers.forEach((power, index) => {
      errors[image * classes + index] = power / total - (index === label ? 1 : 0);
    });
    if (label < 0) return;
    lossSum += Math.log(total) + most - (row[label] ?? Number.NaN);
    if (row.indexOf(most) === label) correct += 1;
  });
  return { lossSum, correct, errors };
}
