/**
 * A number as C prints it with so many decimals: halves that are exact in binary go to the even digit, where `toFixed` rounds them up.
 *
 * @param value >= 0
 * @param decimals - 0 to 10
 */
export function roundToEven(value: number, decimals: number): number {
  const parts = 2 ** (decimals + 1);
  const isTie = Number.isInteger(value * parts) && !Number.isInteger((value * parts) / 2);
  if (!isTie) return Number(value.toFixed(decimals));
  const scale = 10 ** decimals;
  const below = Math.floor(value * scale);
  return (below + (below % 2)) / scale;
}
