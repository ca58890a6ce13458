import type { NumberFormat } from '@archon-dse/core';

/** How values are kept, or `full` for the words of the accelerator, which rounds nothing here. */
export type Format = NumberFormat | 'full';

/** The formats a stage quantises to; two's complement of fewer than two bits has no positive number. */
export const FORMATS = [
  ...Array.from({ length: 15 }, (_, index): NumberFormat => `int${index + 2}`),
  'full',
] as const satisfies readonly Format[];

/** Formats of a layer that computes: of its weights, and of the values it reads. */
export interface LayerFormats {
  readonly weights: Format;
  readonly activations: Format;
}

/** The one that keeps more. */
export function wider(first: Format, second: Format): Format {
  return FORMATS.indexOf(first) > FORMATS.indexOf(second) ? first : second;
}
