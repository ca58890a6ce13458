import { defineNetwork } from '@archon-dse/core';
import { NetworkBuilder, type Tensor } from '@archon-dse/workload';

const MLP_RATIO = 4;

/** A transformer encoder over the patches of an image, with pre-normalisation and the mean over all tokens at the end. */
export const encoder = defineNetwork({
  name: 'encoder',
  title: 'Transformer encoder',
  description: 'Patches, blocks of self-attention and an MLP, mean over the tokens, classifier.',
  source: 'Vaswani et al., Attention Is All You Need, NeurIPS 2017; patches as in Dosovitskiy et al., ICLR 2021',
  options: {
    image: { type: 'integer', description: 'Rows and columns of the image.', default: 32, minimum: 1, maximum: 1024 },
    patch: { type: 'integer', description: 'Rows and columns of a patch.', default: 4, minimum: 1, maximum: 64 },
    width: { type: 'integer', description: 'Channels of a token.', default: 64, minimum: 1, maximum: 4096 },
    heads: { type: 'integer', description: 'Heads of attention.', default: 4, minimum: 1, maximum: 64 },
    depth: { type: 'integer', description: 'Blocks.', default: 4, minimum: 1, maximum: 48 },
    classes: { type: 'integer', description: 'Classes.', default: 10, minimum: 2, maximum: 1000 },
  },
  rules: [
    {
      option: 'patch',
      holds: ({ image, patch }) => image % patch === 0,
      refusal: ({ image, patch }) => ({
        message: `option patch is ${patch}, which does not divide an image of ${image}`,
        expected: `a divisor of ${image}`,
      }),
    },
    {
      option: 'heads',
      holds: ({ width, heads }) => width % heads === 0,
      refusal: ({ width, heads }) => ({
        message: `option heads is ${heads}, which does not divide ${width} channels`,
        expected: `a divisor of ${width}`,
      }),
    },
  ],
  build({ image, patch, width, heads, depth, classes }) {
    const net = new NetworkBuilder({ id: 'guide/encoder', input: [image, image, 3], classes });
    const stem = { filters: width, kernel: patch, stride: patch, bias: true, role: 'stem' };
    let x = net.positionEmbedding('positions', net.flatten(net.conv('patches', net.input, stem)));
    for (let index = 1; index <= depth; index += 1) {
      const block = `b${index}`;
      net.block(block);
      x = net.add(`${block}.attended`, x, attention(net, `${block}.attention`, net.layerNorm(x), heads));
      x = net.add(`${block}.out`, x, mlp(net, `${block}.mlp`, net.layerNorm(x)));
    }
    net.block('tail');
    net.softmax(net.dense('classifier', net.globalAveragePool('pool', net.layerNorm(x)), classes));
    return net.build();
  },
});

/** Self-attention, written out; `net.attention` does the same. The scale of the scores goes into the weights of the queries. */
function attention(net: NetworkBuilder, name: string, x: Tensor, heads: number): Tensor {
  const channels = x.shape[2];
  const role = 'attention';
  const queries = net.dense(`${name}.queries`, x, channels, { role });
  const keys = net.dense(`${name}.keys`, x, channels, { role });
  const values = net.dense(`${name}.values`, x, channels, { role });
  const scores = net.matmul(`${name}.scores`, queries, keys, { heads, transpose: true });
  const mixed = net.matmul(`${name}.mixed`, net.softmax(scores, role), values, { heads });
  return net.dense(name, mixed, channels, { role });
}

/** The same two dense layers at every token. */
function mlp(net: NetworkBuilder, name: string, x: Tensor): Tensor {
  const channels = x.shape[2];
  const hidden = net.gelu(net.dense(`${name}.hidden`, x, MLP_RATIO * channels, { role: 'mlp' }));
  return net.dense(name, hidden, channels, { role: 'mlp' });
}
