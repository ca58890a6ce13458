import { chosenFrom, reshapedTo, swapped, transposedTo } from '../moved-value.js';
import type { NodeReader } from '../node-reader.js';
import { unsupported } from '../refusal.js';
import type { Activation } from '../value.js';
import { matmulOf } from './products.js';

/** Attention as one operator: its products, softmax and dense layer, each as a layer of its own. */

/** `com.microsoft.Attention`: the weights of queries, keys and values are in one matrix. */
export function packedAttention(node: NodeReader): readonly Activation[] {
  const input = node.activation(0);
  const weights = node.constant(1, 'weights');
  const units = weights.dims[1] ?? 1;
  if (units % 3 !== 0 || input.dims.length !== 3)
    unsupported(`its weights are [${weights.dims.join(',')}]`, 'as many queries as keys and values');
  const dims = [...input.dims.slice(0, 2), units];
  const bias = node.optional(2) !== undefined;
  const packed = node.add(
    { op: 'dense', role: 'attention', units, bias },
    [node.stack.use(input, 'rows')],
    dims,
    'rows',
    '.qkv',
  );
  const parts = ['query', 'key', 'value'].map((part) =>
    chosenFrom(packed, [...input.dims.slice(0, 2), units / 3], `${node.node.name}.${part}`),
  );
  return attend(node, parts as [Activation, Activation, Activation], node.int('num_heads', 1));
}

/** `com.microsoft.MultiHeadAttention` and `Attention` since version 23: queries, keys and values are computed before. */
export function attention(heads: string) {
  return (node: NodeReader): readonly Activation[] => {
    const parts = [node.activation(0), node.activation(1), node.activation(2)] as const;
    const [query] = parts;
    const kvHeads = node.int('kv_num_heads', node.int(heads, 1));
    if (kvHeads !== node.int(heads, 1)) unsupported('keys have fewer heads than queries', 'as many heads');
    if (query.dims.length === 4) return [product(node, parts)];
    if (parts.some(({ dims }) => dims.length !== 3))
      unsupported(`its queries are [${query.dims.join(',')}]`, '[1,tokens,channels]');
    return attend(node, parts, node.int(heads, 1));
  };
}

type Parts = readonly [query: Activation, key: Activation, value: Activation];

/** [1, T, C] each, cut into heads and put together again. */
function attend(node: NodeReader, parts: Parts, heads: number): readonly Activation[] {
  if (heads < 1 || parts.some(({ dims }) => (dims[2] ?? 1) % heads !== 0))
    unsupported(`${heads} heads do not divide its channels`, 'heads that do');
  const cut = parts.map((part) => {
    const [images = 1, tokens = 1, channels = 1] = part.dims;
    const split = reshapedTo(part, [images, tokens, heads, channels / heads], part.movedBy ?? node.node.name);
    return transposedTo(split, [0, 2, 1, 3], part.movedBy ?? `${node.node.name}.heads`);
  });
  const mixed = product(node, cut as unknown as Parts);
  const [images = 1, , tokens = 1, channels = 1] = mixed.dims;
  const joined = transposedTo(mixed, [0, 2, 1, 3], `${node.node.name}.joined`);
  return [reshapedTo(joined, [images, tokens, heads * channels], `${node.node.name}.joined`)];
}

function product(node: NodeReader, [query, key, value]: Parts): Activation {
  const scores = matmulOf(node, query, swapped(key, `${node.node.name}.keys`), '.scores');
  const part = { op: 'softmax', role: 'attention' } as const;
  const shares = node.add(part, [node.stack.use(scores, 'rows')], scores.dims, 'rows', '.softmax');
  return matmulOf(node, shares, value, '');
}
