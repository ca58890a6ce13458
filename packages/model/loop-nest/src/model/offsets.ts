/**
 * How many different values `p * stepP + r * stepR` takes for 0 <= p < countP, 0 <= r < countR: the different input tiles of
 * instances spread over an output dimension and a kernel dimension at once. All arguments are positive integers.
 *
 * With the steps divided by their greatest common divisor to a and b, (p, r) and (p + b, r - a) coincide and nothing else does,
 * so the pairs with such a twin further up are left out.
 */
export function distinctOffsets(countP: number, stepP: number, countR: number, stepR: number): number {
  if (countP === 1 || countR === 1) return countP * countR;
  let divisor = stepP;
  for (let rest = stepR; rest !== 0;) [divisor, rest] = [rest, divisor % rest];
  const twins = Math.max(0, countP - stepR / divisor) * Math.max(0, countR - stepP / divisor);
  return countP * countR - twins;
}
