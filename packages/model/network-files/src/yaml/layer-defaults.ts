import type { JsonValue, Layer } from '@archon-dse/core';

/** What a layer of a list is where it does not say: its role, and its properties. */
export interface LayerDefaults {
  readonly role: string;
  readonly values: Readonly<Record<string, JsonValue>>;
}

const WINDOW = { kernel: 1, stride: 1, bias: false } as const;

const ROWS: Partial<Readonly<Record<Layer['op'], LayerDefaults>>> = {
  conv: { role: 'conv', values: { ...WINDOW, groups: 1 } },
  depthwise: { role: 'depthwise', values: { stride: 1, bias: false } },
  transposedConv: { role: 'conv', values: { stride: 1, groups: 1, bias: false } },
  dense: { role: 'dense', values: { bias: true } },
  matmul: { role: 'attention', values: { heads: 1, transpose: false } },
  batchMatmul: { role: 'matmul', values: { groups: 1 } },
  globalAveragePool: { role: 'pool', values: {} },
  averagePool: { role: 'pool', values: {} },
  maxPool: { role: 'pool', values: {} },
  softmax: { role: 'softmax', values: {} },
  add: { role: 'join', values: {} },
  concat: { role: 'join', values: {} },
  multiply: { role: 'join', values: {} },
  channelShuffle: { role: 'shuffle', values: {} },
  source: { role: 'input', values: {} },
};
const NORMS: readonly string[] = ['batchNorm', 'layerNorm', 'groupNorm', 'channelScale'];
const ACTIVATIONS: readonly string[] = ['relu', 'relu6', 'gelu', 'swish', 'hardSwish', 'sigmoid'];
const SEQUENCES: readonly string[] = ['reshape', 'transpose', 'takePosition', 'classToken', 'positionEmbedding'];

export function defaultsOf(op: string): LayerDefaults {
  const row = Object.hasOwn(ROWS, op) ? ROWS[op as Layer['op']] : undefined;
  if (row !== undefined) return row;
  const family = (
    [
      ['norm', NORMS],
      ['activation', ACTIVATIONS],
      ['sequence', SEQUENCES],
    ] as const
  ).find(([, ops]) => ops.includes(op));
  return { role: family?.[0] ?? op, values: {} };
}

/** Operations whose shape is that of their first input where it is not given. */
export const SHAPED_AS_INPUT: readonly string[] = ['vector'];
/** Pools move by their size where no stride is given. */
export const STRIDE_AS_SIZE: readonly string[] = ['averagePool', 'maxPool'];
/** The block of the first layers. */
export const FIRST_BLOCK = 'head';
