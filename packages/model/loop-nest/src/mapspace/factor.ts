/** The divisors of `n` (an integer >= 1), ascending. */
export function divisors(n: number): number[] {
  const small: number[] = [];
  const large: number[] = [];
  for (let d = 1; d * d <= n; d++) {
    if (n % d !== 0) continue;
    small.push(d);
    if (d * d !== n) large.push(n / d);
  }
  return [...small, ...large.reverse()];
}

/** In how many ways `n` is an ordered product of `parts` factors >= 1. */
export function countFactorizations(n: number, parts: number): number {
  if (parts === 0) return n === 1 ? 1 : 0;
  let ways = 1;
  let rest = n;
  for (let prime = 2; rest > 1; prime++) {
    if (prime * prime > rest) prime = rest;
    // A power p^e spread over k places: (e + k - 1 choose k - 1), built up one exponent at a time.
    for (let e = 1; rest % prime === 0; e++) {
      ways = (ways * (e + parts - 1)) / e;
      rest /= prime;
    }
  }
  return ways;
}
