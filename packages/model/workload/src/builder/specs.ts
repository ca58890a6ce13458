import type { Extent, Padding, PaddingCells, PoolLayer } from '@archon-dse/core';
import { pairOf } from '../operations/window.js';

/** Cells on all four sides, or as a layer has it. */
export type PaddingSpec = number | Padding;

interface WindowSpec {
  /** 1 unless given. */
  readonly stride?: Extent;
  /** `same` unless given. */
  readonly padding?: PaddingSpec;
  /** No bias unless given. */
  readonly bias?: boolean;
}

export interface ConvSpec extends WindowSpec {
  readonly filters: number;
  readonly role: string;
  /** 1 unless given. */
  readonly kernel?: Extent;
  readonly groups?: number;
  readonly dilation?: Extent;
}

export interface DepthwiseSpec extends WindowSpec {
  readonly kernel: Extent;
  /** 1 unless given. */
  readonly dilation?: Extent;
  /** Filters a channel, 1 unless given. */
  readonly multiplier?: number;
  /** `depthwise` unless given. */
  readonly role?: string;
}

export interface TransposedConvSpec extends WindowSpec {
  readonly filters: number;
  readonly kernel: Extent;
  readonly role: string;
  /** 1 unless given. */
  readonly groups?: number;
  readonly dilation?: Extent;
}

export interface DenseSpec {
  /** `classifier` unless given. */
  readonly role?: string;
  /** With bias unless given. */
  readonly bias?: boolean;
}

export interface MatmulSpec {
  /** 1 unless given. */
  readonly heads?: number;
  /** Scores of attention rather than its values; see `MatmulLayer`. */
  readonly transpose?: boolean;
}

export interface AttentionSpec {
  readonly heads: number;
  /** Of the queries, keys and values; with bias unless given. */
  readonly bias?: boolean;
}

export type PoolSpec = Pick<PoolLayer, 'size' | 'stride' | 'dilation'> & { readonly padding?: PaddingSpec };

export const CONV_SPEC: readonly (keyof ConvSpec)[] = [
  ...(['filters', 'role', 'kernel', 'stride', 'groups', 'bias', 'dilation', 'padding'] as const),
];
export const DEPTHWISE_SPEC: readonly (keyof DepthwiseSpec)[] = [
  ...(['kernel', 'stride', 'role', 'bias', 'dilation', 'padding', 'multiplier'] as const),
];
export const TRANSPOSED_CONV_SPEC: readonly (keyof TransposedConvSpec)[] = [
  ...(['filters', 'kernel', 'role', 'stride', 'groups', 'bias', 'dilation', 'padding'] as const),
];
export const DENSE_SPEC: readonly (keyof DenseSpec)[] = ['role', 'bias'];
export const MATMUL_SPEC: readonly (keyof MatmulSpec)[] = ['heads', 'transpose'];
export const ATTENTION_SPEC: readonly (keyof AttentionSpec)[] = ['heads', 'bias'];
export const POOL_SPEC: readonly (keyof PoolSpec)[] = ['size', 'stride', 'dilation', 'padding'];

/** The one way an extent is written: equal rows and columns as one number. */
export function normalExtent(extent: Extent): Extent {
  const [rows, columns] = pairOf(extent);
  return rows === columns ? rows : extent;
}

/** Dilation and padding of a layer, without those that are meant where nothing is said. */
export function unusual({ dilation = 1, padding = 'same' }: { dilation?: Extent; padding?: PaddingSpec }): {
  dilation?: Extent;
  padding?: Padding;
} {
  const extent = normalExtent(dilation);
  return {
    ...(extent === 1 ? {} : { dilation: extent }),
    ...(padding === 'same' ? {} : { padding: normalPadding(padding) }),
  };
}

function normalPadding(padding: PaddingSpec): Padding {
  if (typeof padding !== 'number') return padding;
  const cells: PaddingCells = { top: padding, bottom: padding, left: padding, right: padding };
  return padding === 0 ? 'valid' : cells;
}
