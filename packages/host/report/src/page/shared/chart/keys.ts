const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: -Infinity,
  End: Infinity,
};

const UPRIGHT = new Set(['ArrowUp', 'ArrowDown']);

/** Keys with these belong to the browser. */
export function hasModifier({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return ctrlKey || metaKey || altKey;
}

/**
 * Where a key leads among the places of a chart: arrows, Page Up and Down, Home, End; undefined for other keys.
 *
 * @param at - where the keys are, undefined before the first
 * @param start - where they begin
 * @param rowLength - how many places lie beside each other, where upright arrows lead from row to row
 */
export function nextPlace(
  key: string,
  at: number | undefined,
  count: number,
  start: number,
  rowLength = 1,
): number | undefined {
  const step = (UPRIGHT.has(key) ? rowLength : 1) * (STEPS[key] ?? NaN);
  if (Number.isNaN(step)) return undefined;
  if (at !== undefined && UPRIGHT.has(key) && rowLength > 1 && (at + step < 0 || at + step >= count)) return at;
  const next = at === undefined && Number.isFinite(step) ? start : (at ?? 0) + step;
  return Math.min(count - 1, Math.max(0, next));
}
