import { fillOf, MOST_FILLS, REST_FILL } from '../patterns.js';
import type { BarSeries } from './bars.js';

interface StackProps {
  readonly stack: string;
  /** Fills that stand elsewhere in the chart already. */
  readonly taken?: number;
  readonly title?: (name: string) => string;
}

/**
 * Parts of bars as they stand on each other, the largest over all bars first; the smallest of many are put together.
 *
 * @param bars - parts of each bar by name
 */
export function stackOf(
  bars: readonly Iterable<readonly [name: string, value: number]>[],
  { stack, taken = 0, title = (name) => name }: StackProps,
): BarSeries[] {
  const parts = bars.map((bar) => new Map(bar));
  const totals = new Map<string, number>();
  for (const [name, value] of parts.flatMap((bar) => [...bar])) totals.set(name, (totals.get(name) ?? 0) + value);
  const names = [...totals]
    .filter(([, total]) => total > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([name]) => name);
  const [shown, rest] = [names.slice(0, MOST_FILLS - taken), names.slice(MOST_FILLS - taken)];
  const groups = [
    ...shown.map((name) => ({ name: title(name), of: [name] })),
    ...(rest.length === 0 ? [] : [{ name: `${rest.length} others`, of: rest }]),
  ];
  return groups.map(({ name, of }, i) => ({
    ...{ name, stack },
    fill: i < shown.length ? fillOf(taken + i) : REST_FILL,
    values: parts.map((bar) => of.reduce((sum, part) => sum + (bar.get(part) ?? 0), 0)),
  }));
}
