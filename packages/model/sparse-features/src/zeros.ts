import type { DataSpace, Dim } from '@archon-dse/loop-nest';

/**
 * What is known about the zeros of a data space:
 * - `mask`: every word, 0 for zero, row-major: Weights G x M x C x R x S, Inputs N x G x C x rows x columns with the padding, Outputs
 *   N x G x M x P x Q; a depthwise problem has M in the place of C in Inputs;
 * - `uniform`: so many words of the whole data space, to the nearest, in places each as likely as any other (hypergeometric tiles);
 * - `independent`: each word by itself with the same probability (binomial tiles);
 * - `structured`: exactly `keep` of any `of` neighbours along a dimension, aligned, each choice as likely.
 */
export type Zeros =
  | { readonly kind: 'mask'; readonly values: Uint8Array }
  | { readonly kind: 'uniform'; readonly density: number }
  | { readonly kind: 'independent'; readonly density: number }
  | { readonly kind: 'structured'; readonly dim: Dim; readonly keep: number; readonly of: number };

/** Of each data space; one left out is dense. */
export type ZerosBySpace = Readonly<Partial<Record<DataSpace, Zeros>>>;

export type ZeroModel = Exclude<Zeros, { readonly kind: 'mask' }>;

export const DENSE: ZeroModel = { kind: 'uniform', density: 1 };
