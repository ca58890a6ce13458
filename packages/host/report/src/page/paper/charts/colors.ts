import type { PaperAccelerator } from '../../../paper-model.js';
import { fillOf, type Fill } from '../../shared/patterns.js';

/** Shades of one hue an accelerator, dark to light; the subject's fourth part, its overhead, stands out. */
const SHADES: readonly (readonly string[])[] = [
  ['#52607a', '#8090aa', '#b4bfd0', '#98a4b8'],
  ['#087f5b', '#1fb98d', '#8be0c4', '#4cc9a3'],
  ['#3b5bdb', '#748ffc', '#b2c0ff', '#f08c3a', '#8fa3f5'],
];

/** Fills of an accelerator's parts: shades with a pattern each. */
export function partFills(accelerators: readonly PaperAccelerator[], index: number): readonly Fill[] {
  const shades = SHADES[index % SHADES.length] ?? [];
  return (accelerators[index]?.parts ?? []).map((_, part) => fillOf(part, shades[part % shades.length] ?? ''));
}

/** The fill that stands for an accelerator as a whole. */
export function acceleratorFill(index: number): Fill {
  return fillOf(index, SHADES[index % SHADES.length]?.[index === SHADES.length - 1 ? 0 : 1] ?? '');
}
