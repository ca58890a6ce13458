import type { PaperAccelerator } from '../../paper-model.js';

/** Shades of one hue an accelerator, dark to light; the subject's fourth part, its overhead, stands out. */
const SHADES: readonly (readonly string[])[] = [
  ['#52607a', '#8090aa', '#b4bfd0', '#98a4b8'],
  ['#087f5b', '#1fb98d', '#8be0c4', '#4cc9a3'],
  ['#3b5bdb', '#748ffc', '#b2c0ff', '#f08c3a', '#8fa3f5'],
];

/** Colours of an accelerator's parts. */
export function partColors(accelerators: readonly PaperAccelerator[], index: number): readonly string[] {
  const shades = SHADES[index % SHADES.length] ?? [];
  return (accelerators[index]?.parts ?? []).map((_, part) => shades[part % shades.length] ?? '');
}

/** The colour that stands for an accelerator as a whole. */
export function acceleratorColor(index: number): string {
  return SHADES[index % SHADES.length]?.[index === SHADES.length - 1 ? 0 : 1] ?? '';
}
