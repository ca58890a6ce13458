import type { PaperCost } from '../../paper-model.js';
import { digits } from '../../units.js';

/** Numbers as the publication prints them: whole cycles, uJ to two decimals. */

export type Measure = 'cycles' | 'energyUj';

export const MEASURES: readonly (readonly [Measure, string])[] = [
  ['cycles', 'Cycles'],
  ['energyUj', 'Energy'],
];

export function cyclesText(cycles: number | null): string {
  return cycles === null ? '–' : cycles.toLocaleString('en-US');
}

export function energyText(energyUj: number): string {
  return `${microjoules(energyUj)} µJ`;
}

/** Energy where the unit stands elsewhere. */
export function microjoules(energyUj: number): string {
  return energyUj.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

export function measureText(measure: Measure, value: number | null): string {
  return measure === 'cycles' || value === null ? cyclesText(value) : energyText(value);
}

/** A change with its sign; the minus is as wide as the plus. */
export function changeText(measure: Measure, change: number): string {
  const text = measureText(measure, Math.abs(change));
  return `${change < 0 ? '−' : '+'}${text}`;
}

/** `5.755×`; a dash where a side is not known. */
export function ratioText(ratio: number): string {
  return Number.isFinite(ratio) ? `${ratio.toFixed(3)}×` : '–';
}

/** Labels of an axis, in one unit: `400,000`, `400 µJ`. */
export function axisText(measure: Measure, value: number): string {
  return measure === 'cycles' ? cyclesText(value) : `${digits(value)} µJ`;
}

/** How often `other` fits into `one`; not a number where either is not known. */
export function ratio(one: PaperCost | undefined, other: PaperCost | undefined, measure: Measure): number {
  return (one?.[measure] ?? Number.NaN) / (other?.[measure] ?? Number.NaN);
}
