import { checkProperties } from '../operations/properties.js';
import { SQUEEZE_ROLE } from '../roles.js';
import type { Tensor } from './layer-stack.js';
import { SequenceLayers } from './sequence-layers.js';
import { ATTENTION_SPEC, type AttentionSpec } from './specs.js';

/**
 * Builds a `Network` layer by layer. Each method adds one layer (or one named group of layers), checks it at once and
 * returns its tensor. Layers with weights, pools and joins are named by the caller; the others take the name of what they read
 * with a suffix (`b1.expand.bn`). The single layers are in the classes it extends, one a family.
 *
 * @throws ArchonError ARCHON_NETWORK_INVALID from any method whose layer does not fit its inputs or is given a property it has not
 */
export class NetworkBuilder extends SequenceLayers {
  /**
   * Squeeze-and-excite: global pool, 1x1 convolution to `hidden` channels, ReLU, 1x1 back, sigmoid, and the gate named
   * `name`. Both convolutions have biases; all six layers have the role `squeeze`.
   *
   * @source Hu et al., Squeeze-and-Excitation Networks, CVPR 2018
   */
  squeezeExcite(name: string, from: Tensor, hidden: number): Tensor {
    const role = SQUEEZE_ROLE;
    const pooled = this.push({ name: `${name}.pool`, op: 'globalAveragePool', role }, [from]);
    const reduced = this.conv(`${name}.reduce`, pooled, { filters: hidden, role, bias: true });
    const active = this.derive('relu', role, 'relu', reduced);
    const expanded = this.conv(`${name}.expand`, active, { filters: from.shape[2], role, bias: true });
    const gate = this.derive('sigmoid', role, 'sigmoid', expanded);
    return this.push({ name, op: 'multiply', role }, [from, gate]);
  }

  /**
   * Self-attention of a sequence: queries, keys and values, the softmax of their scores in each head, and the dense layer named `name` over
   * all heads. The scale of the scores goes into the weights of the queries. All layers have the role `attention`.
   *
   * @source Vaswani et al., Attention Is All You Need, NeurIPS 2017
   */
  attention(name: string, from: Tensor, spec: AttentionSpec): Tensor {
    checkProperties({ name, op: 'matmul' }, spec, ATTENTION_SPEC);
    const { heads, bias = true } = spec;
    const role = 'attention';
    const channels = from.shape[2];
    const [queries, keys, values] = ['query', 'key', 'value'].map((part) =>
      this.dense(`${name}.${part}`, from, channels, { role, bias }),
    ) as [Tensor, Tensor, Tensor];
    const scores = this.matmul(`${name}.scores`, queries, keys, { heads, transpose: true });
    const mixed = this.matmul(`${name}.mix`, this.softmax(scores, role), values, { heads });
    return this.dense(name, mixed, channels, { role });
  }
}
