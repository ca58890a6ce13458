/**
 * Rounds to 3 decimals, exact ties to the even digit, as the published tables are printed. Every primitive is rounded, and every sum
 * of rounded primitives again.
 *
 * @param value >= 0
 */
export function round3(value: number): number {
  const isTie = Number.isInteger(value * 16) && !Number.isInteger(value * 8);
  if (!isTie) return Number(value.toFixed(3));
  const below = Math.floor(value * 1000);
  return (below % 2 === 0 ? below : below + 1) / 1000;
}
