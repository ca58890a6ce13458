import type { TensorShape } from '@archon-dse/core';
import { checkProperties } from '../operations/properties.js';
import type { Tensor } from './layer-stack.js';
import { DENSE_SPEC, MATMUL_SPEC, type DenseSpec, type MatmulSpec } from './specs.js';
import { ValueLayers } from './value-layers.js';

const ROLE = 'sequence';

/** Dense layers, products of activations, and what makes a plane a sequence of tokens: [T, 1, C]. */
export abstract class SequenceLayers extends ValueLayers {
  /** Fully connected layer at every position, with bias unless `spec.bias` says otherwise. */
  dense(name: string, from: Tensor, units: number, spec: DenseSpec = {}): Tensor {
    checkProperties({ name, op: 'dense' }, spec, DENSE_SPEC);
    const { role = 'classifier', bias = true } = spec;
    return this.push({ name, op: 'dense', role, units, bias }, [from]);
  }

  /** Product of two activations: values of attention, or with `spec.transpose` its scores. */
  matmul(name: string, first: Tensor, second: Tensor, spec: MatmulSpec = {}): Tensor {
    checkProperties({ name, op: 'matmul' }, spec, MATMUL_SPEC);
    const { heads = 1, transpose = false } = spec;
    return this.push({ name, op: 'matmul', role: 'attention', heads, transpose }, [first, second]);
  }

  /** Products of two activations, one a group: rows of the first group first. */
  batchMatmul(name: string, first: Tensor, second: Tensor, groups: number): Tensor {
    return this.push({ name, op: 'batchMatmul', role: 'attention', groups }, [first, second]);
  }

  /** The same values in another shape. */
  reshape(from: Tensor, shape: TensorShape): Tensor {
    return this.push({ name: `${from.stem}.reshape`, op: 'reshape', role: ROLE, shape }, [from], from.stem);
  }

  /** The positions of a plane as a sequence, row by row. */
  flatten(from: Tensor): Tensor {
    const [height, width, channels] = from.shape;
    return this.reshape(from, [height * width, 1, channels]);
  }

  /** Channels become positions and positions channels. */
  transpose(from: Tensor): Tensor {
    return this.derive('transpose', ROLE, 'transpose', from);
  }

  /** Puts a learned token before the others. */
  classToken(name: string, from: Tensor): Tensor {
    return this.push({ name, op: 'classToken', role: ROLE }, [from]);
  }

  /** Adds a learned value to each value. */
  positionEmbedding(name: string, from: Tensor): Tensor {
    return this.push({ name, op: 'positionEmbedding', role: ROLE }, [from]);
  }

  /** One position of a plane or sequence, counted from 0. */
  takePosition(name: string, from: Tensor, index: number): Tensor {
    return this.push({ name, op: 'takePosition', role: ROLE, index }, [from]);
  }
}
