import type { DataSpace } from '@archon-dse/loop-nest';
import { DROPPING, type OperandSpace, type SparseFeatures } from './features.js';

/** Whether a format of an operand says at a level where its zeros are: there, further in, or at the level its words come from. */
export function isKnown(
  operand: OperandSpace,
  level: string,
  { formats = [] }: SparseFeatures,
  levels: readonly { readonly name: string; readonly keeps: readonly DataSpace[] }[],
): boolean {
  const at = levels.findIndex(({ name }) => name === level);
  const source =
    levels.flatMap(({ keeps }, index) => (index <= at && keeps.includes(operand) ? [index] : [])).at(-1) ?? 0;
  return formats.some(({ level: name, tensor, ranks }) => {
    const place = levels.findIndex((candidate) => candidate.name === name);
    return tensor === operand && place >= source && ranks.some(({ format }) => DROPPING.includes(format));
  });
}
