/**
 * Exact expectation of the largest of `copies` independent binomial counts, each the successes among `trials` at `probability`:
 * the sum over k >= 0 of P(maximum > k) = 1 - P(one count <= k)^copies.
 *
 * @param trials - integer >= 0
 * @param probability - 0..1
 * @param copies - integer >= 1
 */
export function expectedMaximum(trials: number, probability: number, copies: number): number {
  if (probability === 0 || probability === 1) return trials * probability;
  let logChoices = 0;
  let atMost = 0;
  let expectation = 0;
  for (let k = 0; k < trials; k += 1) {
    if (k > 0) logChoices += Math.log((trials - k + 1) / k);
    atMost += Math.exp(logChoices + k * Math.log(probability) + (trials - k) * Math.log1p(-probability));
    expectation += 1 - Math.min(1, atMost) ** copies;
  }
  return expectation;
}
