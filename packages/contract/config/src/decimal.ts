/** A finite number as `digits` x 10^-`places`, exactly as it is written in decimal. */
interface Decimal {
  readonly digits: bigint;
  readonly places: number;
}

function toDecimal(value: number): Decimal {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const places = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 };
}

/**
 * `from`, `from + step`, ... up to and including `to`, in decimal arithmetic: 0.1, 0.2, 0.3 and never 0.30000000000000004.
 *
 * @param step - finite, > 0
 * @param most - stops with one value more than this
 */
export function decimalSteps(from: number, to: number, step: number, most: number): number[] {
  const parts = [from, to, step].map(toDecimal);
  const places = Math.max(...parts.map((part) => part.places));
  const [start = 0n, end = 0n, width = 1n] = parts.map((part) => part.digits * 10n ** BigInt(places - part.places));
  const values: number[] = [];
  for (let digits = start; digits <= end && values.length <= most; digits += width) {
    values.push(Number(`${String(digits)}e-${String(places)}`));
  }
  return values;
}
