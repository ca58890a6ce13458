/** Names and numbers for people. Pure and shared with the page. */

const KNOWN: Readonly<Record<string, string>> = {
  energyPj: 'Energy',
  areaUm2: 'Area',
  edpPjCycles: 'Energy-delay product',
  macs: 'MACs',
};

/** A metric's name in words: its field name without the unit, e.g. `Energy` of `energyPj`. */
export function metricTitle(metric: string): string {
  const known = KNOWN[metric];
  if (known !== undefined) return known;
  const words = metric.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Steps of one quantity: the largest factor not above the value is used. */
const ENERGY = [
  [1e12, 'J'],
  [1e9, 'mJ'],
  [1e6, 'µJ'],
  [1e3, 'nJ'],
  [0, 'pJ'],
] as const;
const AREA = [
  [1e6, 'mm²'],
  [0, 'µm²'],
] as const;
const COUNT = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
  [0, ''],
] as const;
const SHARES = new Set(['utilization', 'accuracy']);

/** A metric's value with three to four digits and a unit, e.g. `1.234 mJ`, `12.3 M`, `87.1 %`. */
export function formatMetric(metric: string, value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return String(value ?? '–');
  if (SHARES.has(metric) && value >= 0 && value <= 1) return `${digits(value * 100)} %`;
  if (metric.endsWith('Um2')) return scaled(value, AREA);
  if (metric.endsWith('Pj')) return scaled(value, ENERGY);
  if (metric === 'edpPjCycles') return `${value.toExponential(3).replace('e+', 'e')} pJ·cycles`;
  return scaled(value, COUNT);
}

/** Four significant digits, no trailing zeros, no exponent between 1e-4 and 1e6. */
export function digits(value: number): string {
  if (Math.abs(value) >= 1e6 || (value !== 0 && Math.abs(value) < 1e-4))
    return value.toExponential(3).replace('e+', 'e');
  return String(Number(value.toPrecision(4)));
}

function scaled(value: number, steps: readonly (readonly [number, string])[]): string {
  const [factor, unit] = steps.find(([from]) => Math.abs(value) >= from) ?? [0, ''];
  return `${digits(value / (factor || 1))} ${unit}`.trimEnd();
}
