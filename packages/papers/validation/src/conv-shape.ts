import type { Problem } from '@archon-dse/loop-nest';

/** A convolution as publications list it: square kernel and output plane, channels of one group. */
export interface ConvShape {
  readonly C: number;
  readonly M: number;
  readonly kernel: number;
  readonly plane: number;
  readonly stride: number;
  readonly batch: number;
  readonly groups: number;
}

/** @param plane - where the mapping pads the output plane */
export function problemOf({ C, M, kernel, stride, batch, ...shape }: ConvShape, plane = shape.plane): Problem {
  return { C, M, R: kernel, S: kernel, P: plane, Q: plane, N: batch, strideP: stride, strideQ: stride };
}

/** Of all groups and images. */
export function macsOf({ C, M, kernel, plane, batch, groups }: ConvShape): number {
  return C * M * kernel ** 2 * plane ** 2 * batch * groups;
}
